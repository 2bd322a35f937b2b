package org.emrelay.runner.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.NamedResource;
import org.emrelay.runner.model.Source;

/** Gives each local file of one step its content-addressed place in the workspace, and remembers what must be uploaded. */
final class StepUploads {
    private static final String UNKNOWN = "unknown";

    private final FileHashes facts;
    private final boolean needed;
    private final List<Upload> uploads = new ArrayList<>();

    /** @param needed false for a step that does not run: its files may be missing, and nothing of it is uploaded */
    StepUploads(FileHashes facts, boolean needed) {
        this.facts = facts;
        this.needed = needed;
    }

    List<Upload> uploads() {
        return uploads;
    }

    Argument word(FileRef resource) {
        if (resource instanceof FileRef.Local local) {
            return uploaded(local.path(), "scripts/" + hash(local.path()) + "/" + nameOf(local.path()));
        }
        return Argument.literal(((FileRef.Remote) resource).uri());
    }

    Argument word(NamedResource named) {
        Argument file = word(named.resource());
        return named.alias().isEmpty() ? file : Argument.joined("#", List.of(file, Argument.literal(named.alias())));
    }

    Argument word(Source.Local source) {
        String name = nameOf(source.path());
        return uploaded(
                source.path(), source.keepName() ? "input/" + name : "input/" + hash(source.path()) + "/" + name);
    }

    /** All local jars lie below one prefix and are named by one word, for fifty names would not fit EMR's limit; remote ones follow. */
    List<Argument> jars(List<FileRef> jars) {
        Map<String, Path> local = new TreeMap<>();
        List<Argument> words = new ArrayList<>();
        for (FileRef jar : jars) {
            if (jar instanceof FileRef.Local file) {
                local.put(freeName(file.path(), local), file.path());
            }
        }
        if (!local.isEmpty()) {
            String prefix = "scripts/" + setHash(local) + "/";
            local.forEach((name, path) -> uploaded(path, prefix + name));
            words.add(Argument.of(new Argument.Uploaded(prefix + "*.jar")));
        }
        for (FileRef jar : jars) {
            if (jar instanceof FileRef.Remote remote) {
                words.add(Argument.literal(remote.uri()));
            }
        }
        return words;
    }

    /** Two jars of one name from different directories are both needed, and lie in one. */
    private static String freeName(Path path, Map<String, Path> taken) {
        String name = nameOf(path);
        int number = 2;
        while (!taken.getOrDefault(name, path).equals(path)) {
            name = number++ + "-" + nameOf(path);
        }
        return name;
    }

    /** What a resource is for a fingerprint: its name and content, or its URI. */
    String ingredient(FileRef resource) {
        return resource instanceof FileRef.Local local
                ? nameOf(local.path()) + "@" + hash(local.path())
                : ((FileRef.Remote) resource).uri();
    }

    String ingredient(Source.Local source) {
        return nameOf(source.path()) + "@" + hash(source.path());
    }

    private String setHash(Map<String, Path> files) {
        StringBuilder names = new StringBuilder();
        files.forEach((name, path) ->
                names.append(name).append('@').append(hash(path)).append('\n'));
        return Fingerprint.hash(names.toString());
    }

    private Argument uploaded(Path source, String path) {
        Upload upload = new Upload(source, path);
        if (needed && !uploads.contains(upload)) {
            uploads.add(upload);
        }
        return Argument.of(new Argument.Uploaded(path));
    }

    private String hash(Path path) {
        return needed ? facts.of(path).hash() : UNKNOWN;
    }

    private static String nameOf(Path path) {
        Path name = path.getFileName();
        return name == null ? "root" : name.toString();
    }
}
