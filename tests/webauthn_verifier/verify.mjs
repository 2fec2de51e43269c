// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// node verify.mjs FOLDER PROGRAM: lets @simplewebauthn/server, which lies in FOLDER/node_modules,
// verify the registrations and sign-ins that PROGRAM prints. Each must be accepted as it is, and
// refused once anything about it is wrong.

import { execFileSync } from "node:child_process";
import { webcrypto } from "node:crypto";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const SKIPPED = 77;
const [folder, program] = process.argv.slice(2);
if (!existsSync(join(folder, "node_modules"))) {
    console.log(`Skipped: no verifier in ${folder}; ./dev test puts it there.`);
    process.exit(SKIPPED);
}
// The verifier looks for it among the globals, where Node.js 18 does not have it.
globalThis.crypto ??= webcrypto;
const load = createRequire(resolve(folder, "package.json"));
const { verifyRegistrationResponse, verifyAuthenticationResponse } =
    load("@simplewebauthn/server");

// As browsers spell the members that account servers know by names of their own.
function asBrowsersSay(answer) {
    const { extensions, clientExtensionResults, response, ...rest } = answer;
    const { AttestationObject, clientDataJson, ...inner } = response;
    const spelled = { ...inner, clientDataJSON: clientDataJson };
    if (AttestationObject !== undefined)
        spelled.attestationObject = AttestationObject;
    return { ...rest, response: spelled, clientExtensionResults: clientExtensionResults ?? extensions };
}

// One bit of the last byte.
function withFlippedBit(text) {
    const bytes = Buffer.from(text, "base64url");
    bytes[bytes.length - 1] ^= 1;
    return bytes.toString("base64url");
}

let passed = 0;
let failed = 0;
async function expect(name, wanted, verify) {
    let problem = null;
    try {
        const result = await verify();
        if (!result.verified)
            problem = "not verified";
        else if (result.problem)
            problem = result.problem;
    } catch (error) {
        problem = error.message;
    }
    if ((problem === null) === wanted) {
        ++passed;
    } else {
        ++failed;
        console.log(`FAIL ${name}: ${problem ?? "accepted"}`);
    }
}

const cases = JSON.parse(execFileSync(program, { encoding: "utf8", maxBuffer: 1 << 26 }));
for (const it of cases) {
    const expected = {
        expectedChallenge: it.challenge,
        expectedOrigin: it.origin,
        expectedRPID: it.rpId,
        requireUserVerification: it.userVerified,
        supportedAlgorithmIDs: [it.algorithm],
    };
    const response = asBrowsersSay(it.registration);
    let known;
    await expect(`registration, ${it.name}`, true, async () => {
        const result = await verifyRegistrationResponse({ ...expected, response });
        known = result.registrationInfo;
        if (known?.fmt !== it.format)
            return { verified: true, problem: `format ${known?.fmt}` };
        if (known.userVerified !== it.userVerified)
            return { verified: true, problem: "user verification" };
        return result;
    });
    const wrong = { expectedChallenge: "AAAA", expectedOrigin: "https://bank.example",
                    expectedRPID: "bank.example" };
    for (const [member, value] of Object.entries(wrong)) {
        await expect(`registration with another ${member}, ${it.name}`, false,
                     () => verifyRegistrationResponse({ ...expected, [member]: value, response }));
    }
    if (!known)
        continue;

    const signIn = {
        expectedChallenge: it.signInChallenge,
        expectedOrigin: it.origin,
        expectedRPID: it.rpId,
        requireUserVerification: it.userVerified,
        credential: known.credential,
    };
    const token = asBrowsersSay(it.token);
    await expect(`sign-in, ${it.name}`, true,
                 () => verifyAuthenticationResponse({ ...signIn, response: token }));
    for (const [member, value] of Object.entries(wrong)) {
        await expect(`sign-in with another ${member}, ${it.name}`, false,
                     () => verifyAuthenticationResponse(
                         { ...signIn, [member]: value, response: token }));
    }
    await expect(`sign-in with a wrong signature, ${it.name}`, false,
                 () => verifyAuthenticationResponse({
                     ...signIn,
                     response: {
                         ...token,
                         response: {
                             ...token.response,
                             signature: withFlippedBit(token.response.signature),
                         },
                     },
                 }));
}
console.log(`${cases.length} keys: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && cases.length > 0 ? 0 : 1);
