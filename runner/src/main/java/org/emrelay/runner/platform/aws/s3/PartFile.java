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
 * A copy in the making: its bytes in one file, and in another beside it which content they are of and which slices of it are here. It takes its final
 * name once it is whole.
 *
 * @param bytes where the copy grows
 * @param ledger in its first line the content, in each further one a slice
 * @param whole where it lies when it is complete
 */
record PartFile(Path bytes, Path ledger, Path whole) {
    PartFile {
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(ledger, "ledger");
        Objects.requireNonNull(whole, "whole");
    }

    /** Goes on where the same content was being copied, and else begins anew. */
    void begin(String content) throws IOException {
        if (!ledgerLines().stream().limit(1).toList().equals(List.of(content))) {
            Files.deleteIfExists(whole);
            Files.deleteIfExists(bytes);
            Files.writeString(ledger, content + "\n");
        }
    }

    boolean isWhole() {
        return Files.exists(whole);
    }

    Set<String> slicesHere() throws IOException {
        List<String> lines = Files.exists(bytes) ? ledgerLines() : List.of();
        return new HashSet<>(lines.subList(Math.min(1, lines.size()), lines.size()));
    }

    /** A line that a crash cut off has no end, and does not count. */
    private List<String> ledgerLines() throws IOException {
        try {
            String text = Files.readString(ledger, StandardCharsets.ISO_8859_1);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    FileChannel open() throws IOException {
        return FileChannel.open(bytes, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Only what was written is noted: a slice that a crash cut off is fetched again. */
    synchronized void note(String slice) throws IOException {
        Files.writeString(ledger, slice + "\n", StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);
    }

    void complete(long size) throws IOException {
        if (size == 0) {
            open().close();
        }
        if (Files.size(bytes) != size) {
            throw new IOException(
                    bytes + " has not the " + size + " bytes that were fetched: something else writes there.");
        }
        Files.createDirectories(Objects.requireNonNull(whole.getParent(), "it lies in a directory"));
        Files.move(bytes, whole, StandardCopyOption.ATOMIC_MOVE);
    }
}
