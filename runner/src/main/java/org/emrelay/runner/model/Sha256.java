package org.emrelay.runner.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 digest of texts and bytes, read as its first hexadecimal digits. */
public final class Sha256 {
    /** The length of a whole digest. */
    public static final int DIGITS = 64;

    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JVM has SHA-256", exception);
        }
    }

    /** Appends the text as UTF-8. */
    public Sha256 add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Appends the first bytes of a buffer. */
    public void add(byte[] buffer, int length) {
        digest.update(buffer, 0, length);
    }

    /** The first digits of the digest. Call it once, at the end. */
    public String hex(int digits) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, digits);
    }
}
