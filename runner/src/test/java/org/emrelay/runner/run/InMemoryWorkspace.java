package org.emrelay.runner.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.emrelay.runner.platform.OutputContents;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.StoredFile;
import org.emrelay.runner.platform.Workspace;

/** An in-memory workspace. Outputs are only summaries. */
public final class InMemoryWorkspace implements Workspace {
    final ConcurrentSkipListMap<String, byte[]> files = new ConcurrentSkipListMap<>();
    final Map<String, OutputSummary> outputs = new HashMap<>();
    final Set<String> partial = new HashSet<>();
    final Map<String, String> markers = new HashMap<>();
    final Map<String, Set<String>> references = new HashMap<>();
    final Set<String> partlyDeleted = new HashSet<>();
    final Set<String> broken = new HashSet<>();
    final Set<String> unmarkable = new HashSet<>();

    /** The number of file reads and directory listings. */
    int reads;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String uri(String path) {
        return "memory:/" + path;
    }

    @Override
    public void upload(Path source, String path) {
        files.putIfAbsent(path, source.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(String path, byte[] content) {
        files.put(path, content.clone());
    }

    @Override
    public Optional<byte[]> read(String path) {
        reads++;
        return Optional.ofNullable(files.get(path)).map(byte[]::clone);
    }

    @Override
    public InputStream open(String path) throws IOException {
        byte[] content = files.get(path);
        if (content == null) {
            throw new NoSuchFileException(path);
        }
        return new ByteArrayInputStream(content);
    }

    @Override
    public List<String> list(String path) {
        reads++;
        String prefix = path + "/";
        return files.keySet().stream()
                .filter(file -> file.startsWith(prefix))
                .map(file -> file.substring(prefix.length()).split("/", 2)[0])
                .distinct()
                .toList();
    }

    @Override
    public List<StoredFile> files(String path) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().startsWith(path + "/"))
                .map(file -> new StoredFile(file.getKey().substring(path.length() + 1), file.getValue().length))
                .toList();
    }

    @Override
    public Optional<OutputSummary> summary(String uri) throws IOException {
        if (broken.contains(uri)) {
            throw new IOException("no permission");
        }
        return partial.contains(uri) ? Optional.empty() : Optional.ofNullable(outputs.get(uri));
    }

    @Override
    public OutputContents contents(String uri) throws IOException {
        String marker = markers.getOrDefault(uri, "");
        if (partial.contains(uri)) {
            return new OutputContents(1, List.of("_temporary/0"), "partial", marker);
        }
        return summary(uri)
                .map(summary -> new OutputContents(summary.files(), List.of("part-0"), summary.digest(), marker))
                .orElse(new OutputContents(0, List.of(), "", ""));
    }

    @Override
    public void mark(String uri, String marker) throws IOException {
        if (unmarkable.contains(uri)) {
            throw new IOException("no permission");
        }
        markers.put(uri, marker);
    }

    @Override
    public Set<String> references(String uri) {
        return references.getOrDefault(uri, Set.of());
    }

    @Override
    public boolean isPartlyDeleted(String uri) {
        return partlyDeleted.contains(uri);
    }

    @Override
    public void clear(String uri) throws IOException {
        if (broken.contains(uri)) {
            throw new IOException("no permission");
        }
        outputs.remove(uri);
        partial.remove(uri);
        markers.remove(uri);
    }

    @Override
    public void fetch(String uri, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("part-00000"), outputs.get(uri).digest());
    }
}
