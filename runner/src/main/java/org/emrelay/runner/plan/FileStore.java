package org.emrelay.runner.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.model.NamedResource;
import org.emrelay.runner.model.Resource;
import org.emrelay.runner.model.Source;

/** Gives each local file of one step its content-addressed place in the workspace, and remembers what must be uploaded. */
final class FileStore {
    private static final String UNKNOWN = "unknown";

    private final Facts facts;
    private final boolean needed;
    private final List<Upload> uploads = new ArrayList<>();

    /** @param needed false for a step that does not run: its files may be missing, and nothing of it is uploaded */
    FileStore(Facts facts, boolean needed) {
        this.facts = facts;
        this.needed = needed;
    }

    List<Upload> uploads() {
        return uploads;
    }

    Word word(Resource resource) {
        if (resource instanceof Resource.Local local) {
            return uploaded(local.path(), "scripts/" + hash(local.path()) + "/" + nameOf(local.path()));
        }
        return Word.literal(((Resource.Remote) resource).uri());
    }

    Word word(NamedResource named) {
        Word file = word(named.resource());
        return named.alias().isEmpty() ? file : Word.joined("#", List.of(file, Word.literal(named.alias())));
    }

    Word word(Source.Local source) {
        String name = nameOf(source.path());
        return uploaded(
                source.path(), source.keepName() ? "input/" + name : "input/" + hash(source.path()) + "/" + name);
    }

    /** All local jars lie below one prefix and are named by one word, for fifty names would not fit EMR's limit; remote ones follow. */
    List<Word> jars(List<Resource> jars) {
        Map<String, Path> local = new TreeMap<>();
        List<Word> words = new ArrayList<>();
        for (Resource jar : jars) {
            if (jar instanceof Resource.Local file) {
                local.put(freeName(file.path(), local), file.path());
            }
        }
        if (!local.isEmpty()) {
            String prefix = "scripts/" + setHash(local) + "/";
            local.forEach((name, path) -> uploaded(path, prefix + name));
            words.add(Word.of(new Word.Uploaded(prefix + "*.jar")));
        }
        for (Resource jar : jars) {
            if (jar instanceof Resource.Remote remote) {
                words.add(Word.literal(remote.uri()));
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
    String ingredient(Resource resource) {
        return resource instanceof Resource.Local local
                ? nameOf(local.path()) + "@" + hash(local.path())
                : ((Resource.Remote) resource).uri();
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

    private Word uploaded(Path source, String path) {
        Upload upload = new Upload(source, path);
        if (needed && !uploads.contains(upload)) {
            uploads.add(upload);
        }
        return Word.of(new Word.Uploaded(path));
    }

    private String hash(Path path) {
        return needed ? facts.of(path).hash() : UNKNOWN;
    }

    private static String nameOf(Path path) {
        Path name = path.getFileName();
        return name == null ? "root" : name.toString();
    }
}
