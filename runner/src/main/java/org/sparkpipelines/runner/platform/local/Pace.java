package org.sparkpipelines.runner.platform.local;

import java.util.List;

/**
 * How a step's JVM is tuned. A trivial step spends most of its time in code that runs once: compiling that well costs nearly half as much
 * again as the step. A long step loses as much by code that is compiled quickly and badly.
 */
enum Pace {
    /** Over in seconds: the quick compiler alone, and the collector that starts soonest. */
    BRIEF,
    /** Long, or not known: both compilers, the thorough one only for what is ten times as hot as it asks for by default. */
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
