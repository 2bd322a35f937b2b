package org.emrelay.runner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentHashesTest {
    private static final int CHUNK = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void contentDeterminesTheHash() throws IOException {
        byte[] content = randomBytes(3 * CHUNK + 5);
        String first = hash(write("first", content));
        assertEquals(first, hash(write("second", content)));
        content[content.length - 1]++;
        assertNotEquals(first, hash(write("first", content)), "a change after the last whole chunk");
    }

    @Test
    void orderOfChunksMatters() throws IOException {
        byte[] forward = randomBytes(2 * CHUNK);
        byte[] swapped = new byte[2 * CHUNK];
        System.arraycopy(forward, 0, swapped, CHUNK, CHUNK);
        System.arraycopy(forward, CHUNK, swapped, 0, CHUNK);
        assertNotEquals(hash(write("forward", forward)), hash(write("swapped", swapped)));
    }

    @Test
    void namesOfADirectorysFilesMatter() throws IOException {
        Path directory = Files.createDirectories(folder.resolve("data"));
        Path file = Files.writeString(directory.resolve("a"), "x");
        String before = hash(directory);
        Files.move(file, directory.resolve("b"));
        assertNotEquals(before, hash(directory));
    }

    @Test
    void linkedDirectoryHasTheHashOfItsTarget() throws IOException {
        Path directory = Files.createDirectories(folder.resolve("data"));
        Path file = Files.writeString(directory.resolve("a"), "x");
        Path link = Files.createSymbolicLink(folder.resolve("link"), directory);
        String before = hash(link);
        assertEquals(hash(directory), before);
        Files.writeString(file, "y");
        assertNotEquals(before, hash(link));
    }

    @Test
    void linkToADirectoryAboveIsNamed() throws IOException {
        Path directory = Files.createDirectories(folder.resolve("data/sub"));
        Path link = Files.createSymbolicLink(directory.resolve("up"), Path.of(".."));
        Path data = folder.resolve("data");
        CommandFailure failure = assertThrows(CommandFailure.class, () -> hash(data));
        assertEquals(
                "Cannot read " + data + ": the symbolic link " + link
                        + " leads to a directory above itself. Remove it.",
                failure.getMessage());
    }

    @Test
    void missingFileIsAnInvalidFile() {
        Path missing = folder.resolve("missing");
        CommandFailure failure = assertThrows(CommandFailure.class, () -> hash(missing));
        assertEquals("Cannot read " + missing + ": " + missing + ". Check its permissions.", failure.getMessage());
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static String hash(Path path) {
        return new ContentHashes().of(List.of(path)).get(path);
    }
}
