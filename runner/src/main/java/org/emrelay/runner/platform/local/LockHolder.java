package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonSyntaxException;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonWriter;

/**
 * Who holds a workspace.
 *
 * @param host where the process runs: a process id means nothing on another machine
 * @param command what it does there, for people
 */
record LockHolder(ProcessIdentity process, String host, String command, Instant since) {
    LockHolder {
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(since, "since");
    }

    static LockHolder current(String command, Instant now) {
        return new LockHolder(ProcessIdentity.current(), thisHost(), command, now);
    }

    /** Empty when there is no such file, or not a whole one: its writer was killed before it held anything. */
    static Optional<LockHolder> read(Path file) throws IOException {
        try {
            if (JsonReader.read(Files.readString(file)) instanceof JsonObject object
                    && object.get("pid") instanceof JsonNumber pid
                    && object.get("started") instanceof JsonString started
                    && object.get("host") instanceof JsonString host
                    && object.get("command") instanceof JsonString command
                    && object.get("since") instanceof JsonString since) {
                return Optional.of(new LockHolder(
                        new ProcessIdentity(pid.value().longValueExact(), started.text()),
                        host.text(),
                        command.text(),
                        Instant.parse(since.text())));
            }
            return Optional.empty();
        } catch (NoSuchFileException notThere) {
            return Optional.empty();
        } catch (JsonSyntaxException | ArithmeticException | DateTimeException torn) {
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

    /** Nobody can tell from here whether a process of another machine lives, so it is taken to. */
    boolean mayLive() {
        return isElsewhere() || process.find().isPresent();
    }

    boolean isElsewhere() {
        return !host.equals(thisHost());
    }

    static String thisHost() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException noLinux) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException nameless) {
                return "localhost";
            }
        }
    }
}
