package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Names one process for good: a process id alone is given again to another.
 *
 * @param started when it started, in whatever terms this system says that most exactly; empty where it does not say
 */
record ProcessIdentity(long pid, String started) {

    /** In {@code /proc/…/stat}, counted from what follows the command's name: the state, and the start in ticks since the boot. */
    private static final int STATE = 0;

    private static final int START = 19;

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

    /** The process, if it still lives. */
    Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !isDefunct(pid) && start(process).equals(started));
    }

    /** False when it began before this machine did, or on another one of the same name. */
    boolean isOfThisBoot() {
        return !started.contains(AFTER_BOOT) || started.endsWith(AFTER_BOOT + bootId());
    }

    /** Ticks and not the instant where there are any: the instant moves when somebody sets the clock. */
    private static String start(ProcessHandle process) {
        List<String> fields = stat(process.pid());
        if (fields.size() > START) {
            return fields.get(START) + AFTER_BOOT + bootId();
        }
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    /** It has ended, and only waits for a parent that never asks. */
    private static boolean isDefunct(long pid) {
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
