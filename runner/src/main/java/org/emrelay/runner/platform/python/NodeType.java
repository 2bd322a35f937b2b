package org.emrelay.runner.platform.python;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emrelay.runner.model.InstanceHardware.Architecture;

/** A kind of node, which determines the wheels that it can load. */
enum NodeType {
    X86_64("x86_64"),
    ARM_64("aarch64");

    /** Of Amazon Linux 2023. */
    private static final int GLIBC_MINOR = 34;

    /** Of the oldest wheels for the C library that both architectures have. */
    private static final int OLDEST_GLIBC_MINOR = 17;

    private final String machine;

    NodeType(String machine) {
        this.machine = machine;
    }

    static NodeType of(Architecture architecture) {
        return architecture == Architecture.ARM_64 ? ARM_64 : X86_64;
    }

    /** The value of Python's {@code platform.machine()}. */
    String machine() {
        return machine;
    }

    /** uv includes the wheels for older versions of the C library. */
    String uvPlatform() {
        return machine + "-manylinux_2_" + GLIBC_MINOR;
    }

    /** pip takes only the wheels that are named. */
    List<String> pipPlatforms() {
        return Stream.concat(
                        IntStream.iterate(GLIBC_MINOR, minor -> minor >= OLDEST_GLIBC_MINOR, minor -> minor - 1)
                                .mapToObj(minor -> "manylinux_2_" + minor + "_" + machine),
                        Stream.of("manylinux2014_" + machine))
                .toList();
    }
}
