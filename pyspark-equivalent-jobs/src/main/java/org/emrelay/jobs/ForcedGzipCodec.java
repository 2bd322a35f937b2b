package org.emrelay.jobs;

import java.util.Map;
import org.apache.hadoop.io.compress.GzipCodec;

/** Lets Hadoop, which goes by the end of a file's name, unpack gzip in files that are called something else. */
public final class ForcedGzipCodec extends GzipCodec {
    private static final String END_OF_NAME = "org.emrelay.jobs.gzip.end-of-name";

    /** What makes Hadoop take every file that is called alike for gzip. */
    static Map<String, String> settings(String fileName) {
        int dot = fileName.lastIndexOf('.');
        // Hadoop does not recognise an ending that is the whole name.
        String end = fileName.substring(dot > 0 ? dot : fileName.length() - 1);
        return Map.of("io.compression.codecs", ForcedGzipCodec.class.getName(), END_OF_NAME, end);
    }

    @Override
    public String getDefaultExtension() {
        return getConf().get(END_OF_NAME, super.getDefaultExtension());
    }
}
