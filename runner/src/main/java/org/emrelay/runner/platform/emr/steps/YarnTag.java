package org.emrelay.runner.platform.emr.steps;

import org.emrelay.runner.model.Sha256;

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
        return PREFIX + new Sha256().add(attempt.cleanupStep(0).text()).hex(DIGITS);
    }
}
