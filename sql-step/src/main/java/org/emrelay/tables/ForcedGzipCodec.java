package org.emrelay.tables;

import java.util.Map;
import org.apache.hadoop.io.compress.GzipCodec;

/**
 * Decompresses gzip files whose names do not end in {@code .gz}.
 *
 * <p>Hadoop selects a codec by file extension only.
 */
public final class ForcedGzipCodec extends GzipCodec {
    private static final String SUFFIX_KEY = "org.emrelay.gzip.suffix";

    /** Returns Hadoop settings that decompress every file with the same extension as gzip. */
    static Map<String, String> settingsFor(String fileName) {
        int dot = fileName.lastIndexOf('.');
        // Hadoop ignores an extension that is the whole name: use the last character.
        String suffix = fileName.substring(dot > 0 ? dot : fileName.length() - 1);
        return Map.of("io.compression.codecs", ForcedGzipCodec.class.getName(), SUFFIX_KEY, suffix);
    }

    @Override
    public String getDefaultExtension() {
        return getConf().get(SUFFIX_KEY, super.getDefaultExtension());
    }
}
