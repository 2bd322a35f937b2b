package org.emrelay.runner.service;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.emrelay.runner.platform.local.LocalResources;

/** Detects the resources of this machine for steps: all cores, and most of the memory. */
final class LocalMachine {
    private static final long MEBIBYTE = 1024 * 1024;
    private static final int PERCENT_FOR_STEPS = 70;

    private LocalMachine() {}

    static LocalResources now() {
        long memory = 4096;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            memory = system.getTotalMemorySize() / MEBIBYTE;
        }
        return new LocalResources(
                Runtime.getRuntime().availableProcessors(), Math.max(512, memory * PERCENT_FOR_STEPS / 100));
    }
}
