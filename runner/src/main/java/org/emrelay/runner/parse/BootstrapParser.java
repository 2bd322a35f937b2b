package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.model.BootstrapAction;
import org.emrelay.runner.model.FileRef;
import org.jspecify.annotations.Nullable;

/**
 * Parses bootstrap actions in EMR's form and in the legacy one-line form.
 *
 * @param directory the cluster file's directory, against which relative paths are resolved
 */
record BootstrapParser(Problems problems, Path directory) {
    private static final int MAX_ACTIONS = 16;

    List<BootstrapAction> parse(ClusterFile file) {
        List<BootstrapAction> actions = new ArrayList<>();
        String shorthand = file.bootstrapAction();
        if (shorthand != null && !file.bootstrapActions().isEmpty()) {
            problems.error(
                    "bootstrap_action",
                    "cannot be combined with BootstrapActions: the order would be ambiguous.",
                    "Move it into BootstrapActions.");
        } else if (shorthand != null) {
            FileRef script = script(shorthand, "bootstrap_action");
            if (script != null) {
                actions.add(new BootstrapAction(fileName(shorthand), script, List.of()));
            }
        }
        parseActions(file.bootstrapActions(), actions);
        return actions;
    }

    private void parseActions(List<ClusterFile.BootstrapEntry> entries, List<BootstrapAction> actions) {
        if (entries.size() > MAX_ACTIONS) {
            problems.error(
                    "BootstrapActions",
                    "there are " + entries.size() + " bootstrap actions; EMR allows at most " + MAX_ACTIONS + ".");
        }
        for (int i = 0; i < entries.size(); i++) {
            ClusterFile.BootstrapEntry entry = entries.get(i);
            String path = "BootstrapActions[" + i + "]";
            problems.checkName(entry.name(), path + ".Name");
            ClusterFile.ScriptEntry scriptEntry = entry.scriptBootstrapAction();
            if (scriptEntry != null && scriptEntry.path() != null) {
                FileRef script = script(scriptEntry.path(), path + ".ScriptBootstrapAction.Path");
                if (script != null) {
                    String name = Objects.requireNonNullElse(entry.name(), fileName(scriptEntry.path()));
                    actions.add(new BootstrapAction(name, script, scriptEntry.args()));
                }
            }
        }
    }

    private @Nullable FileRef script(String location, String path) {
        if (location.matches("s3://[^/\\s]+/\\S+") || location.matches("file:/\\S+")) {
            return new FileRef.Remote(location);
        }
        if (location.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
            problems.error(
                    path,
                    quoted(location) + " is not a location that nodes can download a script from.",
                    "Use a local path, s3://bucket/key, or file:/path for a file that exists on the nodes.");
            return null;
        }
        return localScript(location, path);
    }

    private @Nullable FileRef localScript(String location, String path) {
        Path file;
        try {
            file = directory.resolve(location).toAbsolutePath().normalize();
        } catch (InvalidPathException exception) {
            problems.error(path, quoted(location) + " is not a valid path.");
            return null;
        }
        if (location.isBlank() || !Files.exists(file)) {
            problems.error(
                    path,
                    "file " + quoted(location) + " not found.",
                    "Relative paths are resolved against the directory of the cluster file.");
            return null;
        } else if (!Files.isRegularFile(file)) {
            problems.error(path, quoted(location) + " is not a file.");
            return null;
        }
        return new FileRef.Local(file);
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
