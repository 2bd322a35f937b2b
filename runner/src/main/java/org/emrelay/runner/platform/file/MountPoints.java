package org.emrelay.runner.platform.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The mount points of this host, which no deletion crosses.
 *
 * <p>Linux lists them. A comparison of devices would miss bind mounts, which lead to other directories of the same file system.
 */
public record MountPoints(List<Path> paths) {
    private static final Path MOUNT_INFO = Path.of("/proc/self/mountinfo");
    private static final int MOUNT_POINT_FIELD = 4;
    private static final int OCTAL_DIGITS = 3;

    public MountPoints {
        paths = List.copyOf(paths);
    }

    /** Empty where the host does not list them. */
    public static MountPoints read() throws IOException {
        return Files.isReadable(MOUNT_INFO)
                ? parse(Files.readAllLines(MOUNT_INFO, StandardCharsets.ISO_8859_1))
                : new MountPoints(List.of());
    }

    /** Parses the lines of {@code /proc/self/mountinfo}. */
    static MountPoints parse(List<String> lines) {
        List<Path> paths = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.split(" ", -1);
            if (fields.length > MOUNT_POINT_FIELD) {
                paths.add(Path.of(unescaped(fields[MOUNT_POINT_FIELD])));
            }
        }
        return new MountPoints(paths);
    }

    /** The kernel writes blanks and backslashes as octal numbers, such as {@code \040}. */
    private static String unescaped(String field) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) == '\\' && i + OCTAL_DIGITS < field.length()) {
                bytes.write(Integer.parseInt(field.substring(i + 1, i + 1 + OCTAL_DIGITS), 8));
                i += OCTAL_DIGITS;
            } else {
                bytes.write(field.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * Refuses to delete a tree that contains a mount point.
     *
     * @param root without symbolic links
     */
    public void requireNoneBelow(Path root) throws FileSystemException {
        for (Path mounted : paths) {
            if (mounted.startsWith(root) && !mounted.equals(root)) {
                throw new FileSystemException(
                        root.toString(),
                        null,
                        "not deleted, because " + mounted + " is a mount point. Unmount it first");
            }
        }
    }
}
