package org.emrelay.runner.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.model.RunId;

/** Journals in a local workspace: {@code <workspace>/runs/<run>/events.jsonl}, one event per line. */
public final class FileJournals implements Journals {
    private final Path workspace;

    public FileJournals(Path workspace) {
        this.workspace = Objects.requireNonNull(workspace, "workspace");
    }

    private Path path(RunId run) {
        return workspace.resolve("runs").resolve(run.value()).resolve("events.jsonl");
    }

    @Override
    public Journal open(RunId run) throws IOException {
        return open(path(run));
    }

    @Override
    public List<Event> read(RunId run) throws IOException {
        return read(path(run));
    }

    @Override
    public String location(RunId run) {
        return path(run).toString();
    }

    static Journal open(Path path) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        byte[] content = content(path);
        int completeLength = completeLength(content);
        List<Event> events = parse(content, completeLength, path);
        // Not a FileChannel: interrupting the thread would close it in the middle of a run.
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        return new FileJournal(path, file, events, completeLength);
    }

    /** Reads the complete events. Safe while another process appends. */
    static List<Event> read(Path path) throws IOException {
        byte[] content = content(path);
        return parse(content, completeLength(content), path);
    }

    private static byte[] content(Path path) throws IOException {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException exception) {
            return new byte[0];
        }
    }

    private static int completeLength(byte[] content) {
        int length = content.length;
        while (length > 0 && content[length - 1] != '\n') {
            length--;
        }
        return length;
    }

    private static List<Event> parse(byte[] content, int length, Path path) throws CorruptRunException {
        List<Event> events = new ArrayList<>();
        int start = 0;
        for (int end = 0; end < length; end++) {
            if (content[end] == '\n') {
                events.add(event(Arrays.copyOfRange(content, start, end), path, events.size() + 1));
                start = end + 1;
            }
        }
        return events;
    }

    private static Event event(byte[] line, Path path, int number) throws CorruptRunException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            return EventJson.readLine(text, path.toString(), number);
        } catch (CharacterCodingException exception) {
            throw EventJson.corrupt(path.toString(), number, "it is not valid UTF-8");
        }
    }

    /**
     * A journal in a file. Only lines that end with a line feed count: an incomplete last line, left by a crash, is ignored on
     * reading and truncated before the next append.
     */
    static final class FileJournal implements Journal {
        private final Path path;
        private final RandomAccessFile file;
        private final List<Event> events;
        private long length;

        FileJournal(Path path, RandomAccessFile file, List<Event> events, long length) {
            this.path = path;
            this.file = file;
            this.events = events;
            this.length = length;
        }

        @Override
        public List<Event> events() {
            return List.copyOf(events);
        }

        @Override
        public void append(List<Event> added) throws IOException {
            byte[] bytes = EventJson.writeLines(added).getBytes(StandardCharsets.UTF_8);
            try {
                append(bytes);
            } catch (IOException fullDisk) {
                // Java does not name the file.
                throw new FileSystemException(path.toString(), null, fullDisk.getMessage());
            }
            events.addAll(added);
        }

        private void append(byte[] bytes) throws IOException {
            // A crash or a full disk may have left a partial line behind the last complete one.
            if (file.length() > length) {
                file.setLength(length);
            }
            file.seek(length);
            file.write(bytes);
            file.getFD().sync();
            length += bytes.length;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
