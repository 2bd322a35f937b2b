package org.emrelay.runner.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/** Decides which files of an output are data files. The rules are the same for directories and buckets. */
public final class OutputFiles {

    /** The directory of uncommitted task output. While it exists, the output is incomplete. */
    private static final String UNCOMMITTED = "_temporary";

    private static final String CHECKSUM = ".crc";

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
        MessageDigest digest = sha256();
        sizes.forEach((name, size) -> digest.update((name + "\0" + size + "\n").getBytes(StandardCharsets.UTF_8)));
        return new OutputSummary(
                sizes.size(),
                sizes.values().stream().mapToLong(Long::longValue).sum(),
                HexFormat.of().formatHex(digest.digest(), 0, 16));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JVM has SHA-256", exception);
        }
    }
}
