package org.emrelay.runner.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/** Decides what of the names below an output's place is its content: the same for a directory and for a bucket. */
public final class OutputFiles {

    /** Where Spark gathers what tasks write before it commits them: while it is there, nothing is complete. */
    private static final String UNCOMMITTED = "_temporary";

    private static final String CHECKSUM = ".crc";

    private OutputFiles() {}

    public static boolean isUncommitted(String name) {
        return name.equals(UNCOMMITTED);
    }

    /** What Spark itself overlooks when it reads a directory; a folder of a partition such as {@code _year=1813} it does not. */
    public static boolean isMarker(String name) {
        return name.startsWith(".") || (name.startsWith("_") && !name.contains("=")) || name.endsWith(CHECKSUM);
    }

    /** Whether this is what Hadoop keeps beside a file that it writes to a disk, if that file is there; nobody else reads it. */
    public static boolean mayBeChecksum(String name) {
        return name.startsWith(".") && name.endsWith(CHECKSUM);
    }

    /** The file that such a checksum belongs to. */
    public static String checked(String checksum) {
        return checksum.substring(1, checksum.length() - CHECKSUM.length());
    }

    /**
     * What such files make up.
     *
     * @param sizes of the files that count, by their paths below the output; the path of an output that is one file is empty
     */
    public static OutputSummary summary(SortedMap<String, Long> sizes) {
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
