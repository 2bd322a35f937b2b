package org.emrelay.runner.platform.emr.preflight;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instance families that share a vCPU quota. On-Demand and Spot Instances have separate quotas. */
enum VcpuQuota {
    STANDARD("L-1216C47A", "L-34B43A08", "a|c|d|h|im?|is|m|r|t|z"),
    G("L-DB2E81BA", "L-3819A6DF", "gr?|vt"),
    P("L-417A185B", "L-7212CCBC", "p"),
    X("L-7295265B", "L-E3A00192", "x");

    private static final Pattern FAMILY = Pattern.compile("([a-z]+)([0-9]+).*");

    /** Spot Instances of P5 and later have a quota of their own. */
    private static final int LAST_SHARED_P_GENERATION = 4;

    private final String onDemandCode;
    private final String spotCode;
    private final String families;

    VcpuQuota(String onDemandCode, String spotCode, String families) {
        this.onDemandCode = onDemandCode;
        this.spotCode = spotCode;
        this.families = families;
    }

    /** The quota code in Service Quotas. */
    String code(boolean spot) {
        return spot ? spotCode : onDemandCode;
    }

    /** Returns empty for instance families whose quota is unknown here. */
    static Optional<VcpuQuota> of(String type, boolean spot) {
        Matcher matcher = FAMILY.matcher(type);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean hasOwnQuota =
                spot && matcher.group(1).equals("p") && Integer.parseInt(matcher.group(2)) > LAST_SHARED_P_GENERATION;
        return Arrays.stream(values())
                .filter(quota -> !hasOwnQuota && matcher.group(1).matches(quota.families))
                .findFirst();
    }
}
