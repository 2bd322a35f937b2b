package org.emrelay.runner.eventlog;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** The compression of a log file, according to the file's suffix. */
enum LogCodec {
    NONE(""),
    LZ4("lz4"),
    LZF("lzf"),
    SNAPPY("snappy"),
    ZSTD("zstd");

    private final String suffix;

    LogCodec(String suffix) {
        this.suffix = suffix;
    }

    static Optional<LogCodec> of(String path) {
        String suffix = suffix(path);
        return Arrays.stream(values())
                .filter(codec -> codec.suffix.equals(suffix))
                .findFirst();
    }

    /** Returns the part after the last dot. Application ids contain no dots. */
    static String suffix(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        for (String ending : new String[] {".inprogress", ".compact"}) {
            name = name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
        }
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    InputStream decode(InputStream encoded) {
        return switch (this) {
            case NONE -> encoded;
            case LZ4 -> new Lz4LogStream(encoded);
            case LZF -> new LzfLogStream(encoded);
            case SNAPPY -> new SnappyLogStream(encoded);
            case ZSTD -> new ZstdLogStream(encoded);
        };
    }
}
