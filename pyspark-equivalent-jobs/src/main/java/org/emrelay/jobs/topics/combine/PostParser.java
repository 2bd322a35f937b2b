package org.emrelay.jobs.topics.combine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** Parses the records of a task's files into posts, and malformed records with their reason. */
record PostParser(PostInput input, Broadcast<SerializableConfiguration> configuration)
        implements FlatMapFunction<List<PostSplit>, Row> {
    private static final long serialVersionUID = 1L;

    static final String MICROS = "micros";
    static final String FILE = "file";
    static final String POSITION = "position";
    static final String REASON = "reason";
    static final String PATH = "path";
    static final String LINE = "line";

    static final StructType SCHEMA =
            StructType.fromDDL("id string, micros bigint, text string, lang string, repost boolean, repost_of string,"
                    + " file int, position bigint, reason string, path string, line string");

    private static final int MAX_LINE = 100_000;

    PostParser {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(configuration, "configuration");
    }

    @Override
    public Iterator<Row> call(List<PostSplit> splits) {
        return new Records(splits.iterator(), input, configuration.value().value());
    }

    private static Row row(PostSplit split, long position, String line, ParsedRecord parsed) {
        MalformedReason reason = parsed.reason();
        if (reason == null) {
            return RowFactory.create(
                    parsed.id(),
                    parsed.timeMicros(),
                    parsed.text(),
                    parsed.lang(),
                    parsed.isRepost(),
                    parsed.repostOf(),
                    split.file(),
                    position,
                    null,
                    null,
                    null);
        }
        boolean isKept = reason != MalformedReason.NOT_A_POST;
        return RowFactory.create(
                null,
                null,
                null,
                null,
                null,
                null,
                split.file(),
                position,
                reason.toString(),
                isKept ? split.path() : null,
                isKept ? line.substring(0, Math.min(line.length(), MAX_LINE)) : null);
    }

    private static final class Records implements Iterator<Row> {
        private final Iterator<PostSplit> splits;
        private final PostInput input;
        private final Configuration configuration;
        private @Nullable PostSplit split;
        private @Nullable RecordReader reader;
        private @Nullable Row next;

        Records(Iterator<PostSplit> splits, PostInput input, Configuration configuration) {
            this.splits = splits;
            this.input = input;
            this.configuration = configuration;
            TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> close());
        }

        @Override
        public boolean hasNext() {
            while (next == null && (split != null || splits.hasNext())) {
                PostSplit current = split == null ? splits.next() : split;
                split = current;
                next = read(current);
                if (next == null) {
                    split = null;
                }
            }
            return next != null;
        }

        private @Nullable Row read(PostSplit current) {
            try {
                if (reader == null) {
                    reader = input.open(current, configuration);
                }
                RecordReader.Found found = reader == null ? null : reader.next();
                if (found != null) {
                    return row(current, found.position(), found.text(), found.parsed());
                }
                close();
                return null;
            } catch (IOException failed) {
                close();
                split = null;
                if (PostInput.isDamage(failed)) {
                    ParsedRecord damaged = ParsedRecord.malformed(MalformedReason.DAMAGED_FILE);
                    return row(current, Long.MAX_VALUE, String.valueOf(failed.getMessage()), damaged);
                }
                throw new UncheckedIOException("reading " + current.path() + " failed", failed);
            }
        }

        private void close() {
            RecordReader open = reader;
            reader = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException unimportant) {
                    // The file was only read, so nothing is lost.
                }
            }
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Row row = Objects.requireNonNull(next);
            next = null;
            return row;
        }
    }
}
