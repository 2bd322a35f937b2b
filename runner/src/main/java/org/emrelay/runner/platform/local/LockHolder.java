package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;

/**
 * The holder of a workspace lock.
 *
 * @param host the host of the process; a process id is meaningless on another host
 * @param command the action the process runs, for messages
 */
record LockHolder(ProcessIdentity process, String host, String command, Instant since) {
    LockHolder {
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(since, "since");
    }

    static LockHolder current(String command, Instant now) {
        return new LockHolder(ProcessIdentity.current(), localHost(), command, now);
    }

    /** Empty if the file does not exist or is incomplete: its writer was killed before it acquired the lock. */
    static Optional<LockHolder> read(Path file) throws IOException {
        try {
            return Optional.of(JsonFields.read(
                    Files.readString(file),
                    fields -> new LockHolder(
                            new ProcessIdentity(fields.number("pid"), fields.text("started")),
                            fields.text("host"),
                            fields.text("command"),
                            fields.instant("since"))));
        } catch (NoSuchFileException | MalformedJsonException incomplete) {
            return Optional.empty();
        }
    }

    void write(Path file) throws IOException {
        Map<String, Object> holder = new LinkedHashMap<>();
        holder.put("pid", process.pid());
        holder.put("started", process.started());
        holder.put("host", host);
        holder.put("command", command);
        holder.put("since", since.toString());
        AtomicFile.write(file, JsonWriter.pretty(holder).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the holder may be alive. A process on another host cannot be checked and is assumed to be. */
    boolean mayBeAlive() {
        return isOnAnotherHost() || process.find().isPresent();
    }

    boolean isOnAnotherHost() {
        return !host.equals(localHost());
    }

    static String localHost() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unknown) {
                return "localhost";
            }
        }
    }
}
