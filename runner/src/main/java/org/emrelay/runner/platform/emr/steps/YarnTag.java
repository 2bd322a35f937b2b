package org.emrelay.runner.platform.emr.steps;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The tag by which YARN finds the application of one attempt. YARN makes tags lower case and takes no more than 100 characters, so the name of the step
 * itself would not do.
 */
final class YarnTag {
    private static final String PREFIX = "emrelay-";
    private static final int DIGITS = 40;

    private YarnTag() {}

    static String of(EmrStepName attempt) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(attempt.ending(0).text().getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every Java has SHA-256", exception);
        }
    }
}
