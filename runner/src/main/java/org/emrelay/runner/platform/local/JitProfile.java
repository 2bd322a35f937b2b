package org.emrelay.runner.platform.local;

import java.util.List;

/**
 * The JIT compiler and garbage collector settings of a step's JVM.
 *
 * <p>Measured CPU time: a trivial step, which mostly runs code once, needs 4.4 s with C1 only and 8 s with C1 and C2. A step that sorts
 * 12 million hashed rows needs 80 s with C1 only, 55 s with C1 and C2, and 44 s with C1 and C2 at the thresholds of {@code LONG}.
 */
enum JitProfile {
    /** For steps not known to run long: C1 only, and the serial collector, which starts fastest. */
    SHORT,
    /** For steps that run long: C1 and C2, with C2 thresholds ten times the default, and the parallel collector. */
    LONG;

    List<String> compilerFlags() {
        return switch (this) {
            case SHORT -> List.of("-XX:TieredStopAtLevel=1");
            case LONG ->
                List.of(
                        "-XX:Tier4InvocationThreshold=50000",
                        "-XX:Tier4MinInvocationThreshold=6000",
                        "-XX:Tier4CompileThreshold=150000",
                        "-XX:Tier4BackEdgeThreshold=400000");
        };
    }

    String collectorFlag() {
        return switch (this) {
            case SHORT -> "-XX:+UseSerialGC";
            case LONG -> "-XX:+UseParallelGC";
        };
    }
}
