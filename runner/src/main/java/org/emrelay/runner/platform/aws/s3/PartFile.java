package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A partial download. One file holds the data, another the content's identity and the completed slices. It moves to
 * its final path once complete.
 *
 * @param partial the incomplete data
 * @param progress the content's identity in the first line, one completed slice in each further line
 * @param target the final path
 */
record PartFile(Path partial, Path progress, Path target) {
    PartFile {
        Objects.requireNonNull(partial, "partial");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(target, "target");
    }

    /** Resumes a partial download of the same content, or discards one of other content. */
    void resumeOrRestart(String content) throws IOException {
        if (!progressLines().stream().limit(1).toList().equals(List.of(content))) {
            Files.deleteIfExists(target);
            Files.deleteIfExists(partial);
            Files.writeString(progress, content + "\n");
        }
    }

    boolean isComplete() {
        return Files.exists(target);
    }

    Set<String> completedSlices() throws IOException {
        List<String> lines = Files.exists(partial) ? progressLines() : List.of();
        return new HashSet<>(lines.subList(Math.min(1, lines.size()), lines.size()));
    }

    /** Ignores a line without end, which a crash has truncated. */
    private List<String> progressLines() throws IOException {
        try {
            String text = Files.readString(progress, StandardCharsets.ISO_8859_1);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (NoSuchFileException missing) {
            return List.of();
        }
    }

    FileChannel open() throws IOException {
        return FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Records a slice after it was written, so a slice interrupted by a crash is downloaded again. */
    synchronized void recordSlice(String slice) throws IOException {
        Files.writeString(progress, slice + "\n", StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);
    }

    void complete(long size) throws IOException {
        if (size == 0) {
            open().close();
        }
        if (Files.size(partial) != size) {
            throw new IOException(
                    partial + " does not have the expected " + size + " bytes: another process writes to it.");
        }
        Files.createDirectories(Objects.requireNonNull(target.getParent(), "the target has a parent"));
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
