// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

// A Chromium without a window on an empty page of `http://localhost:PORT`, driven by its DevTools
// protocol over a pipe. It resolves no name but that one, so nothing leaves this computer.
export class Chromium {
    static async start(program) {
        const browser = new Chromium();
        browser.#server = createServer((_, answer) => {
            answer.setHeader("Content-Type", "text/html");
            answer.end("<!doctype html><title>Empty</title>");
        });
        await new Promise((done) => browser.#server.listen(0, "127.0.0.1", done));
        browser.origin = `http://localhost:${browser.#server.address().port}`;
        browser.#profile = mkdtempSync(join(tmpdir(), "sparekey-browser-"));
        // As root, as in a container, Chromium has no sandbox; the page is our own.
        browser.#process = spawn(program, [
            "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
            `--user-data-dir=${browser.#profile}`, "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-extensions", "--no-proxy-server",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
        ], {
            env: { PATH: process.env.PATH, HOME: browser.#profile },
            stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
        });
        browser.#ended = new Promise((done) => browser.#process.once("exit", done));
        browser.#ended.then(() => browser.#failAll(new Error("Chromium has ended")));
        browser.#process.once("error", (error) => browser.#failAll(error));
        browser.#process.stdio[3].on("error", () => {});
        browser.#process.stdio[4].setEncoding("utf8");
        browser.#process.stdio[4].on("data", (text) => browser.#receive(text));
        await browser.#openPage();
        return browser;
    }

    async version() {
        return (await this.#send("Browser.getVersion")).product;
    }

    // A command of the page's session.
    command(method, parameters = {}) {
        return this.#send(method, parameters, this.#session);
    }

    // What `expression`, or the promise that it gives, evaluates to; it may be any JSON.
    async evaluate(expression) {
        const { result, exceptionDetails } = await this.command("Runtime.evaluate", {
            expression, awaitPromise: true, returnByValue: true, userGesture: true,
        });
        if (exceptionDetails)
            throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value;
    }

    async end() {
        this.#server.close();
        this.#process.kill("SIGKILL");
        await this.#ended;
        // Its helpers end a little later, and may still write into the folder.
        for (let tries = 50; ; --tries) {
            try {
                rmSync(this.#profile, { recursive: true, force: true });
                return;
            } catch (error) {
                if (tries === 0)
                    throw error;
                await new Promise(resolve => setTimeout(resolve, 100));
            }
        }
    }

    #server;
    #profile;
    #process;
    #ended;
    #session;
    #lastId = 0;
    #waiting = new Map();
    #received = "";

    async #openPage() {
        const { targetId } = await this.#send("Target.createTarget", { url: `${this.origin}/` });
        const attached = await this.#send("Target.attachToTarget", { targetId, flatten: true });
        this.#session = attached.sessionId;
        const isThere = `document.readyState === "complete" && origin === "${this.origin}"`;
        while (!await this.evaluate(isThere))
            await pause(20);
    }

    // Messages are JSON, each closed by a zero byte.
    #send(method, params = {}, sessionId = undefined) {
        const id = ++this.#lastId;
        return new Promise((resolve, reject) => {
            this.#waiting.set(id, { resolve, reject });
            this.#process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
        });
    }

    #receive(text) {
        const messages = (this.#received + text).split("\0");
        this.#received = messages.pop();
        for (const message of messages.map((json) => JSON.parse(json))) {
            const waiting = this.#waiting.get(message.id);
            this.#waiting.delete(message.id);
            if (message.error)
                waiting?.reject(new Error(message.error.message));
            else
                waiting?.resolve(message.result);
        }
    }

    #failAll(error) {
        for (const { reject } of this.#waiting.values())
            reject(error);
        this.#waiting.clear();
    }
}
