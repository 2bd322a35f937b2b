package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Identifies a process by id and start time, because the operating system reuses process ids.
 *
 * @param started the start time in the most precise format the system offers; empty if unknown
 */
record ProcessIdentity(long pid, String started) {
    /** Indexes into the fields of {@code /proc/<pid>/stat} after the command name: the state, and the start in ticks after boot. */
    private static final int STATE = 0;

    private static final int START_TICKS = 19;

    private static final String AFTER_BOOT = " ticks after boot ";

    ProcessIdentity {
        Objects.requireNonNull(started, "started");
    }

    static ProcessIdentity current() {
        return of(ProcessHandle.current());
    }

    static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), start(process));
    }

    /** The process, if it is alive. */
    Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !isZombie(pid) && start(process).equals(started));
    }

    /** False if the process started before the last reboot, or on another host of the same name. */
    boolean isFromThisBoot() {
        return !started.contains(AFTER_BOOT) || started.endsWith(AFTER_BOOT + bootId());
    }

    /** Ticks after boot if available: the start instant changes when the clock is set. */
    private static String start(ProcessHandle process) {
        List<String> fields = stat(process.pid());
        if (fields.size() > START_TICKS) {
            return fields.get(START_TICKS) + AFTER_BOOT + bootId();
        }
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    /** Whether the process is a zombie: it has exited, but its parent has not reaped it. */
    private static boolean isZombie(long pid) {
        List<String> fields = stat(pid);
        return !fields.isEmpty() && List.of("Z", "X").contains(fields.get(STATE));
    }

    private static List<String> stat(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return List.of(line.substring(line.lastIndexOf(')') + 1).strip().split(" "));
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException unreadable) {
            return "";
        }
    }
}
