package org.emrelay.runner.platform;

import java.util.SortedMap;
import org.emrelay.runner.model.Sha256;

/** Decides which files of an output are data files. The rules are the same for directories and buckets. */
public final class OutputFiles {

    /** The directory of uncommitted task output. While it exists, the output is incomplete. */
    private static final String UNCOMMITTED = "_temporary";

    private static final String CHECKSUM = ".crc";

    /** The marker in an output's directory. Spark ignores names that begin with an underscore. */
    public static final String MARKER = "_emrelay.json";

    /** Names the folders of other outputs that an output needs. */
    public static final String REFERENCES = "_references.json";

    /** Marks an output of which only folders are left that other outputs need. */
    public static final String PARTLY_DELETED = "_partly_deleted";

    private OutputFiles() {}

    public static boolean isUncommitted(String name) {
        return name.equals(UNCOMMITTED);
    }

    /** Whether Spark ignores the file when it reads a directory. Spark does read partitions such as {@code _year=1813}. */
    public static boolean isHidden(String name) {
        return name.startsWith(".") || (name.startsWith("_") && !name.contains("=")) || name.endsWith(CHECKSUM);
    }

    /** Whether the name is one Hadoop's local file system gives to the checksum of a file. Only Hadoop reads it. */
    public static boolean isChecksumName(String name) {
        return name.startsWith(".") && name.endsWith(CHECKSUM);
    }

    /** The name of the marker beside an output that is a single file. */
    public static String markerOf(String file) {
        return "_emrelay." + file + ".json";
    }

    /** The name of the file a checksum belongs to. */
    public static String checksummedFile(String checksum) {
        return checksum.substring(1, checksum.length() - CHECKSUM.length());
    }

    /**
     * Summarizes the data files of an output.
     *
     * @param sizes the sizes by path below the output; the path is empty if the output is a single file
     */
    public static OutputSummary summarize(SortedMap<String, Long> sizes) {
        Sha256 digest = new Sha256();
        sizes.forEach((name, size) -> digest.add(name + "\0" + size + "\n"));
        return new OutputSummary(
                sizes.size(), sizes.values().stream().mapToLong(Long::longValue).sum(), digest.hex(32));
    }
}
