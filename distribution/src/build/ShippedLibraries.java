import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Writes the bill of materials (CycloneDX) and the licence texts of the jars that the zip contains. */
final class ShippedLibraries {
    private static final Pattern TEXT =
            Pattern.compile("(?i)(.*/)?[^/]*(licen[sc]e|copying|notice)[^/]*(?<!\\.class|\\.ftl)");
    private static final Pattern NOTICE = Pattern.compile("(?i)(.*/)?[^/]*notice[^/]*");

    /** The line of libraries.txt that covers a library: its SPDX expression, and the holders where no jar names them. */
    private record Licence(String expression, String holder) {
        /** The kept texts that complete those of a jar, which cover the first licence. Of alternatives, the first counts. */
        List<String> files(boolean jarHasLicence) {
            return Stream.of(expression.split(" AND "))
                    .skip(jarHasLicence ? 1 : 0)
                    .map(part -> part.split(" OR ")[0] + ".txt")
                    .toList();
        }
    }

    /** A library, its jar in the local repository or the build, and the path of the zip that contains its classes. */
    private record Library(String group, String artifact, String version, String classifier, Path jar, String path) {
        static Library ofRepository(Path repository, Path jar, String path) {
            Path relative = repository.relativize(jar);
            int names = relative.getNameCount();
            String artifact = relative.getName(names - 3).toString();
            String version = relative.getName(names - 2).toString();
            String rest = fileName(jar).substring((artifact + "-" + version).length());
            String classifier = rest.startsWith("-") ? rest.substring(1, rest.length() - ".jar".length()) : "";
            String group = relative.subpath(0, names - 3).toString().replace('/', '.');
            return new Library(group, artifact, version, classifier, jar, path);
        }

        String name() {
            return artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier);
        }

        String purl() {
            return "pkg:maven/" + group + "/" + artifact + "@" + version + "?"
                    + (classifier.isEmpty() ? "" : "classifier=" + classifier + "&") + "type=jar";
        }
    }

    private final Path project;
    private final Path repository;
    private final String version;
    private final Map<String, Licence> licences = new TreeMap<>();

    private ShippedLibraries(Path project, Path repository, String version) throws IOException {
        this.project = project;
        this.repository = repository;
        this.version = version;
        for (String line : Files.readAllLines(project.resolve("distribution/licenses/libraries.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] fields = line.split(" *\\| *", -1);
                licences.put(fields[0], new Licence(fields[1], fields.length > 2 ? fields[2] : ""));
            }
        }
    }

    public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
        Path project = Path.of(args[0]).toAbsolutePath().normalize();
        new ShippedLibraries(project, Path.of(args[1]), args[2]).write(Path.of(args[3]));
    }

    private void write(Path target) throws IOException, NoSuchAlgorithmException {
        Path folder = Files.createDirectories(target.resolve("licenses"));
        List<String> components = new ArrayList<>();
        List<String> index = new ArrayList<>();
        for (Library library : libraries()) {
            Licence licence = licence(library);
            components.add(component(library, licence));
            String holder = licence.holder().isEmpty() ? "" : ", copyright: " + licence.holder();
            String texts = String.join(", ", texts(library, licence, folder));
            index.add(library.path() + ": " + library.name() + ", " + licence.expression() + holder + ": " + texts);
        }
        Files.write(folder.resolve("index.txt"), index);
        Files.writeString(
                target.resolve("sbom.json"),
                """
                {
                  "bomFormat": "CycloneDX",
                  "specVersion": "1.6",
                  "serialNumber": "urn:uuid:%s",
                  "version": 1,
                  "metadata": {"component": {"type": "application", "bom-ref": "emrelay", "group": "org.emrelay", "name": "emrelay", "version": "%s"}},
                  "components": [
                %s
                  ]
                }
                """
                        .formatted(serialNumber(components), version, String.join(",\n", components)));
    }

    /** The same for the same components, so that a build can be repeated. */
    private static UUID serialNumber(List<String> components) {
        return UUID.nameUUIDFromBytes(String.join("\n", components).getBytes(StandardCharsets.UTF_8));
    }

    private List<Library> libraries() throws IOException {
        Path runner = project.resolve("runner/target");
        Path jobs = project.resolve("pyspark-equivalent-jobs/target");
        List<Library> libraries = new ArrayList<>();
        libraries.add(own("runner", runner.resolve("runner.jar"), "runner.jar"));
        for (Path jar : classPath("runner")) {
            libraries.add(Library.ofRepository(repository, jar, "runner.jar"));
        }
        libraries.addAll(folder(runner.resolve("spark"), "spark/", classPath("step-process")));
        libraries.add(own("jobs", jobs.resolve("jobs.jar"), "pyspark-equivalent-jobs/target/jobs.jar"));
        libraries.addAll(folder(
                jobs.resolve("lib"), "pyspark-equivalent-jobs/target/lib/", classPath("pyspark-equivalent-jobs")));
        return libraries;
    }

    private Library own(String name, Path jar, String path) {
        return new Library("org.emrelay", name, version, "", jar, path);
    }

    /** The module's libraries, without its own project's. */
    private List<Path> classPath(String module) throws IOException {
        String paths = Files.readString(project.resolve(module).resolve("target/class-path.txt"));
        return Stream.of(paths.strip().split(":"))
                .map(Path::of)
                .filter(jar -> jar.startsWith(repository))
                .filter(jar -> !jar.startsWith(repository.resolve("org/emrelay")))
                .sorted()
                .toList();
    }

    private List<Library> folder(Path folder, String path, List<Path> classPath) throws IOException {
        Map<String, Path> byName = classPath.stream().collect(Collectors.toMap(ShippedLibraries::fileName, jar -> jar));
        List<Library> libraries = new ArrayList<>();
        try (Stream<Path> jars = Files.list(folder)) {
            for (Path jar : jars.sorted().toList()) {
                String name = fileName(jar);
                if (byName.containsKey(name)) {
                    libraries.add(Library.ofRepository(repository, byName.get(name), path + name));
                } else if (name.equals("janino-unsigned.jar")) {
                    // Made of two jars, without their signatures.
                    for (Path source : classPath) {
                        if (fileName(source).matches("(janino|commons-compiler)-.*")) {
                            libraries.add(Library.ofRepository(repository, source, path + name));
                        }
                    }
                } else if (name.equals("step-process.jar") || name.matches("(english-lemmas|noto-fonts|pages|sql-step)-.*")) {
                    libraries.add(own(name.replaceAll("(-\\d.*)?\\.jar", ""), jar, path + name));
                } else {
                    throw new IllegalStateException(jar + " is not a dependency of its module: run mvn clean first.");
                }
            }
        }
        return libraries;
    }

    private Licence licence(Library library) {
        Licence licence = licences.get(library.group() + ":" + library.artifact());
        licence = licence == null ? licences.get(library.group() + ":*") : licence;
        if (licence == null) {
            throw new IllegalStateException("No licence is known of " + library.group() + ":" + library.artifact()
                    + ": add it to distribution/licenses/libraries.txt.");
        }
        return licence;
    }

    /** The paths of the licence and its notices, relative to the folder. */
    private List<String> texts(Library library, Licence licence, Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        boolean hasLicence = false;
        try (ZipFile zip = new ZipFile(library.jar().toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(e -> (ZipEntry) e)::iterator) {
                if (!entry.isDirectory() && TEXT.matcher(entry.getName()).matches()) {
                    Path text = folder.resolve(library.name()).resolve(entry.getName());
                    Files.createDirectories(text.getParent());
                    Files.write(text, zip.getInputStream(entry).readAllBytes());
                    texts.add(folder.relativize(text).toString());
                    hasLicence |= !NOTICE.matcher(entry.getName()).matches();
                }
            }
        }
        for (String file : licence.files(hasLicence)) {
            Path source = file.equals("Apache-2.0.txt")
                    ? project.resolve("LICENSE")
                    : project.resolve("distribution/licenses").resolve(file);
            Files.write(folder.resolve(file), Files.readAllBytes(source));
            texts.add(file);
        }
        return texts;
    }

    private static String component(Library library, Licence licence) throws IOException, NoSuchAlgorithmException {
        return """
                    {"type": "library", "bom-ref": "%s#%s", "group": "%s", "name": "%s", "version": "%s", "purl": "%s",
                     "hashes": [{"alg": "SHA-256", "content": "%s"}],
                     "licenses": [%s],
                     "properties": [{"name": "emrelay:path", "value": "%s"}]}"""
                .formatted(
                        library.purl(),
                        library.path(),
                        library.group(),
                        library.artifact(),
                        library.version(),
                        library.purl(),
                        sha256(library.jar()),
                        licence.expression().equals("Public-Domain")
                                ? "{\"license\": {\"name\": \"Public Domain\"}}"
                                : "{\"expression\": \"" + licence.expression() + "\"}",
                        library.path());
    }

    private static String sha256(Path jar) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String fileName(Path path) {
        return path.getFileName().toString();
    }
}
