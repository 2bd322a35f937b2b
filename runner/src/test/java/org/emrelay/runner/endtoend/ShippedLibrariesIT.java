package org.emrelay.runner.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.emrelay.runner.json.MalformedJsonException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bill of materials and the licence texts of the zip, compared with its jars. */
final class ShippedLibrariesIT {
    private static final Pattern PATH = Pattern.compile("\"emrelay:path\", \"value\": \"([^\"]+)\"");
    private static final Pattern PURL = Pattern.compile("\"purl\": \"([^\"]+)\"");
    private static final Pattern INDEX_LINE = Pattern.compile("(?m)^([^:\\n]+): ([^ ,\\n]+), .*: ([^:\\n]+)$");

    private ZipFile zip;
    private String root;

    @BeforeEach
    void open() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../distribution/target"))) {
            Path file = files.filter(path -> path.toString().endsWith(".zip"))
                    .findFirst()
                    .orElseThrow();
            root = file.getFileName().toString().replace(".zip", "/");
            zip = new ZipFile(file.toFile());
        }
    }

    @AfterEach
    void close() throws IOException {
        zip.close();
    }

    @Test
    void billOfMaterialsNamesEveryJarAndNoOther() throws IOException {
        assertThat(all(PATH, text("sbom.json"))).isEqualTo(jars());
    }

    @Test
    void billOfMaterialsNamesTheLibrariesWithinTheRunner() throws IOException {
        assertThat(all(PURL, text("sbom.json")))
                .anyMatch(purl -> purl.startsWith("pkg:maven/software.amazon.awssdk/emr@"))
                .anyMatch(purl -> purl.startsWith("pkg:maven/info.picocli/picocli@"))
                .noneMatch(purl -> purl.contains("junit"));
    }

    @Test
    void billOfMaterialsConformsToCycloneDx() throws IOException, MalformedJsonException {
        assertThat(CycloneDx.violations(text("sbom.json"))).isEmpty();
    }

    @Test
    void everyJarHasALicenceText() throws IOException {
        List<MatchResult> lines =
                INDEX_LINE.matcher(text("licenses/index.txt")).results().toList();
        assertThat(lines.stream().map(line -> line.group(1)).collect(Collectors.toSet()))
                .isEqualTo(jars());
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.group(3).split(", "))
                        .as(line.group(2))
                        .isNotEmpty()
                        .allSatisfy(name -> assertThat(text("licenses/" + name)).isNotBlank()));
    }

    private Set<String> jars() {
        return zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(".jar"))
                .map(name -> name.substring(root.length()))
                .collect(Collectors.toSet());
    }

    private String text(String path) throws IOException {
        ZipEntry entry = zip.getEntry(root + path);
        assertThat(entry).as(path).isNotNull();
        return new String(zip.getInputStream(entry).readAllBytes(), UTF_8);
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }
}
