// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Takes apart what keys make, without changing anything, so that order and lengths can be compared.

// The CBOR value at `at` (RFC 8949): maps become `{ map: [[key, value], …] }` in their order, byte
// strings stay bytes. Only what WebAuthn uses: definite lengths, no tags, no floats.
// Gives `{ value, end }`.
export function readCbor(bytes, at = 0) {
    const major = bytes[at] >> 5;
    const information = bytes[at] & 0x1f;
    ++at;
    let number = information;
    if (information > 23) {
        const size = 1 << (information - 24);
        if (information > 26)
            throw new Error(`a CBOR head of ${information}`);
        number = bytes.readUIntBE(at, size);
        // Canonical (CTAP 2.1, 8): no longer than needed.
        if (number < (size === 1 ? 24 : 1 << (4 * size)))
            throw new Error("a CBOR head that is longer than needed");
        at += size;
    }
    switch (major) {
    case 0: return { value: number, end: at };
    case 1: return { value: -1 - number, end: at };
    case 2:
    case 3: {
        const end = at + number;
        if (end > bytes.length)
            throw new Error("a CBOR string is cut off");
        const content = bytes.subarray(at, end);
        return { value: major === 2 ? content : content.toString("utf8"), end };
    }
    case 4: {
        const list = [];
        for (let i = 0; i < number; ++i) {
            const item = readCbor(bytes, at);
            list.push(item.value);
            at = item.end;
        }
        return { value: list, end: at };
    }
    case 5: {
        const map = [];
        for (let i = 0; i < number; ++i) {
            const key = readCbor(bytes, at);
            const value = readCbor(bytes, key.end);
            map.push([key.value, value.value]);
            at = value.end;
        }
        return { value: { map }, end: at };
    }
    default: throw new Error(`a CBOR value of type ${major}`);
    }
}

export function member({ map }, key) {
    return map.find(([name]) => name === key)?.[1];
}

const ATTESTED_CREDENTIAL = 0x40;

// WebAuthn Level 2, 6.1. What differs from key to key and from time to time is told by its length
// alone.
export function shapeOfAuthenticatorData(bytes) {
    const flags = bytes[32];
    const shape = {
        length: bytes.length,
        rpIdHash: bytes.toString("hex", 0, 32),
        flags: flags.toString(16),
    };
    if ((flags & ATTESTED_CREDENTIAL) === 0)
        return shape;
    const idLength = bytes.readUInt16BE(53);
    const key = readCbor(bytes, 55 + idLength);
    return {
        ...shape,
        aaguid: bytes.subarray(37, 53).every((byte) => byte === 0) ? "zero" : "a model",
        idLength,
        publicKey: key.value.map.map(
            ([name, value]) => `${name}: ${Buffer.isBuffer(value) ? `${value.length} bytes` : value}`),
        after: bytes.length - key.end,
    };
}

// WebAuthn Level 2, 6.5.4.
export function shapeOfAttestation(bytes) {
    const { value, end } = readCbor(bytes);
    const statement = member(value, "attStmt");
    return {
        members: value.map.map(([name]) => name),
        after: bytes.length - end,
        fmt: member(value, "fmt"),
        attStmt: statement.map.map(([name, content]) => {
            if (name === "sig")
                return `sig: ${shapeOfSignature(content)}`;
            if (Array.isArray(content))
                return `${name}: ${content.map((it) => `DER ${it.toString("hex", 0, 2)}`)}`;
            return `${name}: ${content}`;
        }),
        authData: shapeOfAuthenticatorData(member(value, "authData")),
    };
}

// ECDSA's have a byte more or less with each number that begins with a bit set.
export function shapeOfSignature(bytes) {
    if (bytes[0] === 0x30 && bytes[1] === bytes.length - 2 && bytes.length >= 67
        && bytes.length <= 72)
        return "ECDSA in DER";
    return `${bytes.length} bytes`;
}
