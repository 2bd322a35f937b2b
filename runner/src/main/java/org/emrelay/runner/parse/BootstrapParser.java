package org.emrelay.runner.parse;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.model.BootstrapAction;
import org.emrelay.runner.model.FileRef;
import org.jspecify.annotations.Nullable;

/** Reads the scripts that every node runs first, in the original's one-line form and in EMR's own. */
final class BootstrapParser {
    private static final int MOST = 16;

    private final ClusterFields fields;
    private final Problems problems;
    private final Path directory;

    /** @param directory where relative paths start: the cluster file's own */
    BootstrapParser(ClusterFields fields, Path directory) {
        this.fields = fields;
        this.problems = fields.problems();
        this.directory = directory;
    }

    List<BootstrapAction> read(ClusterFile file) {
        List<BootstrapAction> actions = new ArrayList<>();
        String single = file.bootstrapAction();
        if (single != null && !file.bootstrapActions().isEmpty()) {
            problems.error(
                    "bootstrap_action",
                    "stands beside BootstrapActions, and which runs first would be a guess.",
                    "Move it into BootstrapActions.");
        } else if (single != null) {
            FileRef script = script(single, "bootstrap_action");
            if (script != null) {
                actions.add(new BootstrapAction(lastName(single), script, List.of()));
            }
        }
        readAll(file.bootstrapActions(), actions);
        return actions;
    }

    private void readAll(List<ClusterFile.BootstrapEntry> entries, List<BootstrapAction> actions) {
        if (entries.size() > MOST) {
            problems.error(
                    "BootstrapActions", "there are " + entries.size() + " actions; EMR takes at most " + MOST + ".");
        }
        for (int i = 0; i < entries.size(); i++) {
            ClusterFile.BootstrapEntry entry = entries.get(i);
            String path = "BootstrapActions[" + i + "]";
            fields.checkName(entry.name(), path + ".Name");
            ClusterFile.ScriptEntry written = entry.script();
            if (written != null && written.path() != null) {
                FileRef script = script(written.path(), path + ".ScriptBootstrapAction.Path");
                if (script != null) {
                    String name = Objects.requireNonNullElse(entry.name(), lastName(written.path()));
                    actions.add(new BootstrapAction(name, script, written.args()));
                }
            }
        }
    }

    private @Nullable FileRef script(String written, String path) {
        if (written.matches("s3://[^/\\s]+/\\S+") || written.matches("file:/\\S+")) {
            return new FileRef.Remote(written);
        }
        if (written.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
            problems.error(
                    path,
                    "'" + RecordBinder.shortened(written) + "' is no place from which a node can fetch a script.",
                    "Write the path of a file here, s3://bucket/key, or file:/path for a file that the nodes have.");
            return null;
        }
        return local(written, path);
    }

    private @Nullable FileRef local(String written, String path) {
        Path file;
        try {
            file = directory.resolve(written).toAbsolutePath().normalize();
        } catch (InvalidPathException exception) {
            problems.error(path, "'" + RecordBinder.shortened(written) + "' is not a path.");
            return null;
        }
        if (written.isBlank() || !Files.exists(file)) {
            problems.error(
                    path,
                    "there is no file '" + RecordBinder.shortened(written) + "'.",
                    "Paths are relative to the directory of the cluster file.");
            return null;
        } else if (!Files.isRegularFile(file)) {
            problems.error(path, "'" + RecordBinder.shortened(written) + "' is not a file.");
            return null;
        }
        return new FileRef.Local(file);
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
