package org.emrelay.runner.stream.sink;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.model.StreamDefinition.Compression;

/**
 * The name of a file of posts: {@code launches-20261201T130500-3f2a9c-17.json.gz}. While it is being written, it is hidden and ends with
 * {@code .part}, so that Spark does not read it.
 *
 * @param id the id of the stream
 * @param number the number of the file in the stream, so that a clock that jumps back does not repeat a name
 * @param opened the time of creation in whole seconds
 */
record PartName(String stream, String id, long number, LocalDateTime opened, Compression compression) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu/MM/dd/HH", Locale.ROOT);
    private static final Pattern HIDDEN =
            Pattern.compile("\\.([a-z0-9-]+)-(\\d{8}T\\d{6})-([0-9a-f]{6})-(\\d{1,18})\\.json(\\.gz)?\\.part");

    PartName {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(opened, "opened");
        Objects.requireNonNull(compression, "compression");
    }

    static PartName of(String stream, String id, long number, Instant opened, Compression compression) {
        LocalDateTime utc = LocalDateTime.ofInstant(opened, ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        return new PartName(stream, id, number, utc, compression);
    }

    /** Parses the name of a file that is being written; empty for any other file. */
    static Optional<PartName> parseHidden(String name) {
        Matcher matcher = HIDDEN.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new PartName(
                matcher.group(1),
                matcher.group(3),
                Long.parseLong(matcher.group(4)),
                LocalDateTime.parse(matcher.group(2), TIME),
                matcher.group(5) == null ? Compression.NONE : Compression.GZIP));
    }

    String visible() {
        return stream + "-" + TIME.format(opened) + "-" + id + "-" + number
                + (compression == Compression.GZIP ? ".json.gz" : ".json");
    }

    String hidden() {
        return "." + visible() + ".part";
    }

    /** The path of the finished file, in the directory of its hour. */
    Path visiblePath(Path directory) {
        return directory.resolve(HOUR.format(opened)).resolve(visible());
    }

    boolean isOfHour(Instant now) {
        return LocalDateTime.ofInstant(now, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.HOURS)
                .equals(opened.truncatedTo(ChronoUnit.HOURS));
    }

    Instant openedAt() {
        return opened.toInstant(ZoneOffset.UTC);
    }
}
