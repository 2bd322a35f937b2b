package org.emrelay.runner.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.NamedFile;

/** Assigns a step's local files content-addressed workspace paths and collects the uploads. */
final class StepUploads {
    private static final String UNKNOWN = "unknown";

    private final FileHashes hashes;
    private final boolean stepRuns;
    private final List<Upload> uploads = new ArrayList<>();

    /** @param stepRuns false for a step that never runs: its files may be missing, and none is uploaded */
    StepUploads(FileHashes hashes, boolean stepRuns) {
        this.hashes = hashes;
        this.stepRuns = stepRuns;
    }

    List<Upload> uploads() {
        return uploads;
    }

    Argument argument(FileRef file) {
        if (file instanceof FileRef.Local local) {
            return upload(local.path(), "scripts/" + hash(local.path()) + "/" + safeNameOf(local.path()));
        } else if (file instanceof FileRef.Modules modules) {
            Path directory = modules.directory();
            return upload(new Upload(
                    directory,
                    "scripts/" + modulesHash(directory) + "/" + safeNameOf(directory) + ".zip",
                    Upload.Form.MODULES));
        }
        return Argument.literal(((FileRef.Remote) file).uri());
    }

    Argument argument(NamedFile named) {
        Argument file = argument(named.file());
        return named.alias().isEmpty() ? file : Argument.joined("#", List.of(file, Argument.literal(named.alias())));
    }

    /** The argument for an input. */
    Argument argument(FileRef file, boolean keepName) {
        if (file instanceof FileRef.Local local) {
            return upload(
                    local.path(),
                    "input/" + (keepName ? nameOf(local.path()) : hash(local.path()) + "/" + safeNameOf(local.path())));
        }
        return argument(file);
    }

    /**
     * The arguments for all jars. Local jars share one prefix and one argument, {@code <prefix>/*.jar}: fifty names would exceed EMR's
     * limit on the length of a command. Remote jars follow.
     */
    List<Argument> jarArguments(List<NamedFile> jars) {
        Map<String, Path> localJars = new TreeMap<>();
        List<Argument> arguments = new ArrayList<>();
        for (NamedFile jar : jars) {
            if (jar.file() instanceof FileRef.Local local) {
                localJars.put(uniqueName(local.path(), localJars), local.path());
            }
        }
        if (!localJars.isEmpty()) {
            String prefix = "scripts/" + combinedHash(localJars) + "/";
            localJars.forEach((name, path) -> upload(path, prefix + name));
            arguments.add(Argument.of(new Argument.UploadedFile(prefix + "*.jar")));
        }
        for (NamedFile jar : jars) {
            if (jar.file() instanceof FileRef.Remote remote) {
                arguments.add(Argument.literal(remote.uri()));
            }
        }
        return arguments;
    }

    /** Two jars of the same name from different directories are uploaded to the same prefix. The pattern must match each name. */
    private static String uniqueName(Path path, Map<String, Path> taken) {
        String jarName = safeNameOf(path) + (nameOf(path).endsWith(".jar") ? "" : ".jar");
        String name = jarName;
        int number = 2;
        while (!taken.getOrDefault(name, path).equals(path)) {
            name = number++ + "-" + jarName;
        }
        return name;
    }

    /** Identifies a file in a fingerprint: by name and content hash, or by URI. */
    String contentId(FileRef file) {
        if (file instanceof FileRef.Local local) {
            return nameOf(local.path()) + "@" + hash(local.path());
        } else if (file instanceof FileRef.Modules modules) {
            return nameOf(modules.directory()) + ".zip@" + modulesHash(modules.directory());
        }
        return ((FileRef.Remote) file).uri();
    }

    private String combinedHash(Map<String, Path> files) {
        StringBuilder ids = new StringBuilder();
        files.forEach(
                (name, path) -> ids.append(name).append('@').append(hash(path)).append('\n'));
        return Fingerprint.hash(ids.toString());
    }

    private Argument upload(Path source, String path) {
        return upload(new Upload(source, path));
    }

    private Argument upload(Upload upload) {
        if (stepRuns && !uploads.contains(upload)) {
            uploads.add(upload);
        }
        return Argument.of(new Argument.UploadedFile(upload.path()));
    }

    private String modulesHash(Path directory) {
        return stepRuns ? hashes.ofModules(directory) : UNKNOWN;
    }

    private String hash(Path path) {
        return stepRuns ? hashes.get(path) : UNKNOWN;
    }

    private static String safeNameOf(Path path) {
        return NamedFile.NOT_IN_UPLOADED_NAME.matcher(nameOf(path)).replaceAll("_");
    }

    private static String nameOf(Path path) {
        Path name = path.getFileName();
        return name == null ? "root" : name.toString();
    }
}
