package org.emrelay.runner.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.Workspace;

/** A workspace of files that are only names and bytes, and of outputs that are only summaries. */
public final class InMemoryWorkspace implements Workspace {
    final TreeMap<String, byte[]> files = new TreeMap<>();
    final Map<String, OutputSummary> outputs = new HashMap<>();
    final Set<String> halfWritten = new HashSet<>();
    final Set<String> broken = new HashSet<>();

    /** How often somebody read a file or listed a folder. */
    int looks;

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
        looks++;
        return Optional.ofNullable(files.get(path)).map(byte[]::clone);
    }

    @Override
    public List<String> children(String path) {
        looks++;
        String prefix = path + "/";
        return files.keySet().stream()
                .filter(file -> file.startsWith(prefix))
                .map(file -> file.substring(prefix.length()).split("/", 2)[0])
                .distinct()
                .toList();
    }

    @Override
    public Optional<OutputSummary> summary(String uri) throws IOException {
        if (broken.contains(uri)) {
            throw new IOException("no permission");
        }
        return halfWritten.contains(uri) ? Optional.empty() : Optional.ofNullable(outputs.get(uri));
    }

    @Override
    public boolean holdsSomething(String uri) throws IOException {
        return summary(uri).isPresent() || halfWritten.contains(uri);
    }

    @Override
    public void clear(String uri) throws IOException {
        if (broken.contains(uri)) {
            throw new IOException("no permission");
        }
        outputs.remove(uri);
        halfWritten.remove(uri);
    }

    @Override
    public void fetch(String uri, Path directory) {
        throw new UnsupportedOperationException("nothing here fetches");
    }
}
