// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// node browser.mjs PROGRAM: gives Chromium, with its own software key, and PROGRAM
// (passkey_ceremonies) the same options, and compares what a server would get: the same members and
// bytes, but for what keys choose at random. Where the program differs from a browser on purpose,
// `onPurpose` says why, and the test insists that the difference is there.

import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

import { shapeOfAttestation, shapeOfAuthenticatorData, shapeOfSignature } from
    "./authenticatordata.mjs";
import { Chromium } from "./chromium.mjs";

const SKIPPED = 77;
const BROWSER = "/usr/bin/chromium";
const [program] = process.argv.slice(2);
if (!existsSync(BROWSER)) {
    console.log(`Skipped: there is no ${BROWSER}; ./dev test installs it.`);
    process.exit(SKIPPED);
}

const onPurpose = {
    // Official account servers and Vaultwarden share names of their own for three members.
    names: {
        extensions: "clientExtensionResults",
        AttestationObject: "attestationObject",
        clientDataJson: "clientDataJSON",
    },
    // Conveniences of browsers, and copies of what the attestation object says. Account servers
    // know none of them.
    leftOutOfRegistrations: ["authenticatorAttachment", "response.authenticatorData",
                             "response.publicKey", "response.publicKeyAlgorithm"],
    leftOutOfSignIns: ["authenticatorAttachment"],
    // The server knows the user by then, and official ones refuse one that is empty.
    leftOutIfDiscoverable: ["response.userHandle"],
    // What Chromium adds to every few registrations, for servers that compare client data with a
    // template. No account server does, and it is no part of WebAuthn.
    addedNowAndThen: ',"other_keys_can_be_added_here":"do not compare clientDataJSON against a '
        + 'template. See https://goo.gl/yabPex"',
};

// ---------------------------------------------------------------- what is asked for

const ES256 = -7;
const EDDSA = -8;
const PS256 = -37; // which neither of the two keys knows

function randomText(size) {
    return randomBytes(size).toString("base64url");
}

function descriptors(count) {
    return Array.from({ length: count }, () => ({ type: "public-key", id: randomText(32) }));
}

function caseOf({ transport = "usb", u2f = false, attestation = "none", residentKey = "discouraged",
                  userVerification = "discouraged", excluded = 0, algorithms = [ES256] }) {
    return {
        name: `${u2f ? "U2F" : "CTAP2"} by ${transport}, attestation ${attestation}, resident key `
            + `${residentKey}, verification ${userVerification}, ${excluded} excluded, `
            + `algorithms ${algorithms}`,
        transport,
        u2f,
        pin: userVerification === "discouraged" ? "" : "2468",
        creation: {
            rp: { id: "localhost", name: "Vault" },
            user: { id: randomText(16), name: "tester@example.com", displayName: "Tester" },
            challenge: randomText(32),
            pubKeyCredParams: algorithms.map((alg) => ({ type: "public-key", alg })),
            timeout: 60000,
            attestation,
            authenticatorSelection: {
                residentKey,
                requireResidentKey: residentKey === "required",
                userVerification,
            },
            excludeCredentials: descriptors(excluded),
        },
        request: {
            rpId: "localhost", challenge: randomText(32), timeout: 60000, userVerification,
        },
    };
}

const cases = [];
for (const attestation of ["none", "direct"]) {
    for (const transport of ["usb", "nfc"]) {
        for (const residentKey of ["discouraged", "required"]) {
            for (const userVerification of ["discouraged", "preferred", "required"]) {
                // Chromium lets no key keep a credential that needs no verification. Ours leaves
                // that to the key, as WebAuthn does.
                if (residentKey === "required" && userVerification === "discouraged")
                    continue;
                cases.push(caseOf({
                    transport, attestation, residentKey, userVerification,
                    excluded: [0, 3, 64][cases.length % 3],
                }));
            }
        }
    }
    cases.push(caseOf({ attestation, algorithms: [EDDSA] }));
    cases.push(caseOf({ attestation, algorithms: [EDDSA, ES256] }));
    cases.push(caseOf({ attestation, algorithms: [PS256, ES256, EDDSA] }));
    cases.push(caseOf({ attestation, u2f: true }));
    cases.push(caseOf({ attestation, u2f: true, excluded: 3 }));
}

// ---------------------------------------------------------------- what Chromium makes of it

async function conductInBrowser(browser, { name, transport, u2f, pin, creation, request }) {
    const { authenticatorId } = await browser.command("WebAuthn.addVirtualAuthenticator", {
        options: {
            protocol: u2f ? "u2f" : "ctap2",
            transport,
            hasResidentKey: !u2f,
            hasUserVerification: pin !== "",
            isUserVerified: pin !== "",
            automaticPresenceSimulation: true,
        },
    });
    const create = (options) => browser.evaluate(`navigator.credentials.create({
        publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(${JSON.stringify(options)}),
    }).then((made) => made.toJSON(), (error) => error.name)`);
    const registration = await create(creation);
    if (!registration.id)
        throw new Error(`Chromium registered nothing (${registration}): ${name}`);
    const own = [{ type: "public-key", id: registration.id }];
    const options = JSON.stringify({ ...request, allowCredentials: own });
    const token = await browser.evaluate(`navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(${options}),
    }).then((made) => made.toJSON(), (error) => error.name)`);
    const again = await create({ ...creation, excludeCredentials: own });
    await browser.command("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
    // WebAuthn Level 2, 5.1.3 step 21: an authenticator that holds an excluded credential.
    return { registration, token,
             again: again === "InvalidStateError" ? "already registered" : "something else" };
}

// ---------------------------------------------------------------- the comparison

let passed = 0;
let failed = 0;
function same(what, ours, theirs) {
    if (isDeepStrictEqual(ours, theirs)) {
        ++passed;
    } else {
        ++failed;
        console.log(`FAIL ${what}\n  ours   ${JSON.stringify(ours)}\n`
                    + `  theirs ${JSON.stringify(theirs)}`);
    }
}

// "id", "response.signature", …, in a browser's spelling.
function membersOf(answer, names = {}) {
    const spelled = (object) => Object.keys(object).map((name) => names[name] ?? name);
    return [...spelled(answer).filter((name) => name !== "response"),
            ...spelled(answer.response).map((name) => `response.${name}`)].sort();
}

// The bytes, if the text is base64url without padding and nothing else.
function decoded(text) {
    const bytes = Buffer.from(text, "base64url");
    return bytes.toString("base64url") === text ? bytes : Buffer.from(`no base64url: ${text}`);
}

let exactClientData = 0;
function compareClientData(what, ours, theirs) {
    let text = decoded(theirs).toString("utf8");
    if (text.includes(onPurpose.addedNowAndThen))
        text = text.replace(onPurpose.addedNowAndThen, "");
    else
        ++exactClientData;
    same(`client data of ${what}`, decoded(ours).toString("utf8"), text);
}

function compareAnswers(what, ours, theirs, leftOut) {
    same(`members of ${what}`, [...membersOf(ours, onPurpose.names), ...leftOut].sort(),
         membersOf(theirs));
    same(`type of ${what}`, ours.type, theirs.type);
    same(`extensions of ${what}`, ours.clientExtensionResults ?? ours.extensions,
         theirs.clientExtensionResults);
    for (const answer of [ours, theirs])
        same(`ids of ${what}`, decoded(answer.rawId), decoded(answer.id));
    same(`length of the id of ${what}`, decoded(ours.id).length, decoded(theirs.id).length);
    compareClientData(what, ours.response.clientDataJson, theirs.response.clientDataJSON);
}

function compare(it, ours, theirs) {
    const registration = `the registration, ${it.name}`;
    compareAnswers(registration, ours.registration, theirs.registration,
                   onPurpose.leftOutOfRegistrations);
    const attestation = shapeOfAttestation(decoded(theirs.registration.response.attestationObject));
    same(`attestation of ${registration}`,
         shapeOfAttestation(decoded(ours.registration.response.AttestationObject)), attestation);
    // So that two equal nothings are no success.
    same(`format of ${registration}`, attestation.fmt,
         it.creation.attestation === "none" ? "none" : it.u2f ? "fido-u2f" : "packed");

    const signIn = `the sign-in, ${it.name}`;
    const isDiscoverable = it.creation.authenticatorSelection.requireResidentKey;
    compareAnswers(signIn, ours.token, theirs.token,
                   [...onPurpose.leftOutOfSignIns,
                    ...isDiscoverable ? onPurpose.leftOutIfDiscoverable : []]);
    same(`authenticator data of ${signIn}`,
         shapeOfAuthenticatorData(decoded(ours.token.response.authenticatorData)),
         shapeOfAuthenticatorData(decoded(theirs.token.response.authenticatorData)));
    same(`signature of ${signIn}`, shapeOfSignature(decoded(ours.token.response.signature)),
         shapeOfSignature(decoded(theirs.token.response.signature)));

    same(`a second registration, ${it.name}`, ours.again, theirs.again);
    same(`its end, ${it.name}`, ours.again, "already registered");
}

const browser = await Chromium.start(BROWSER);
const limit = setTimeout(() => {
    console.log("Chromium did not answer in time.");
    browser.end().then(() => process.exit(1));
}, 25_000);
let error;
try {
    const ours = JSON.parse(execFileSync(program, {
        encoding: "utf8",
        input: JSON.stringify(cases.map((it) => ({ ...it, webVault: browser.origin }))),
        maxBuffer: 1 << 26,
    }));
    console.log(`${await browser.version()} on ${browser.origin}`);
    await browser.command("WebAuthn.enable");
    for (const [index, it] of cases.entries())
        compare(it, ours[index], await conductInBrowser(browser, it));
    same("client data without additions", exactClientData > cases.length, true);
} catch (problem) {
    error = problem;
}
clearTimeout(limit);
await browser.end();
if (error)
    throw error;
console.log(`${cases.length} cases: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
