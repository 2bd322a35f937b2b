package org.emrelay.runner.platform.emr.steps;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The YARN tag of an attempt's application.
 *
 * <p>YARN converts tags to lower case and limits them to 100 characters, so the step name itself cannot be used.
 */
final class YarnTag {
    private static final String PREFIX = "emrelay-";
    private static final int DIGITS = 40;

    private YarnTag() {}

    static String of(EmrStepName attempt) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(attempt.cleanupStep(0).text().getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every Java has SHA-256", exception);
        }
    }
}
