package org.emrelay.runner.platform.local;

import java.util.List;

/**
 * How a step's JVM is tuned. A trivial step spends its time in code that runs once: 4.4 seconds of CPU with the quick compiler alone, 8
 * with both. One that sorts 12 million hashed rows needs 80 with the quick one alone, 55 with both, 44 with both at this pace.
 */
enum JitProfile {
    /** Not known to be long: the quick compiler alone, and the collector that starts soonest. */
    BRIEF,
    /** Long: both compilers, the thorough one only for what is ten times as hot as it asks for by default. */
    STEADY;

    List<String> compiler() {
        return switch (this) {
            case BRIEF -> List.of("-XX:TieredStopAtLevel=1");
            case STEADY ->
                List.of(
                        "-XX:Tier4InvocationThreshold=50000",
                        "-XX:Tier4MinInvocationThreshold=6000",
                        "-XX:Tier4CompileThreshold=150000",
                        "-XX:Tier4BackEdgeThreshold=400000");
        };
    }

    String collector() {
        return switch (this) {
            case BRIEF -> "-XX:+UseSerialGC";
            case STEADY -> "-XX:+UseParallelGC";
        };
    }
}
