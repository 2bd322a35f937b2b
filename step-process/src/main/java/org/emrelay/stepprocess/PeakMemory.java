package org.emrelay.stepprocess;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkContext$;
import org.apache.spark.scheduler.SparkListenerEvent;

/**
 * The most memory that this process has used so far, for the event log. Spark itself polls memory every ten seconds, which misses
 * short steps.
 *
 * @param heap in bytes
 * @param process the resident memory in bytes; 0 where the system does not tell it
 */
public record PeakMemory(long heap, long process) implements SparkListenerEvent {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK_KIBIBYTES = "VmHWM:";

    /** For Spark, which writes the bean properties of an event. */
    public long getHeap() {
        return heap;
    }

    public long getProcess() {
        return process;
    }

    /** Writes it to the event log, if there is one. */
    static void log() {
        SparkContext$.MODULE$.getActive().foreach(context -> {
            context.listenerBus().post(now());
            return null;
        });
    }

    private static PeakMemory now() {
        long heap = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                heap += pool.getPeakUsage().getUsed();
            }
        }
        // The pools may have had their peaks at different times.
        return new PeakMemory(Math.min(heap, Runtime.getRuntime().maxMemory()), residentBytes());
    }

    private static long residentBytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(PEAK_KIBIBYTES)) {
                    return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException | NumberFormatException unknown) {
            // Not Linux.
        }
        return 0;
    }
}
