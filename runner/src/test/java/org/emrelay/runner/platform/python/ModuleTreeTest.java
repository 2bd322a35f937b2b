package org.emrelay.runner.platform.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleTreeTest {
    private Path modules;

    @BeforeEach
    void createModules(@TempDir Path directory) throws IOException {
        modules = directory.resolve("lib");
        for (String file : List.of(
                "b/__init__.py",
                "b/words.txt",
                "a.py",
                "__pycache__/a.cpython-311.pyc",
                ".git/config",
                "lib.egg-info/PKG-INFO",
                "b/x.pyc")) {
            Files.createDirectories(modules.resolve(file).getParent());
            Files.writeString(modules.resolve(file), file);
        }
    }

    @Test
    void zipsTheContentOfADirectoryWithoutWhatToolsLeave() throws IOException {
        assertThat(zipped("one.zip")).containsExactly("a.py", "b/__init__.py", "b/words.txt");
    }

    @Test
    void zipsAPackageUnderItsName() throws IOException {
        Files.writeString(modules.resolve("__init__.py"), "");

        assertThat(zipped("one.zip"))
                .containsExactly("lib/__init__.py", "lib/a.py", "lib/b/__init__.py", "lib/b/words.txt");
    }

    @Test
    void theSameFilesGiveTheSameBytes() throws IOException {
        zipped("one.zip");
        Files.setLastModifiedTime(modules.resolve("a.py"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        zipped("two.zip");

        assertThat(modules.resolveSibling("two.zip")).hasSameBinaryContentAs(modules.resolveSibling("one.zip"));
    }

    private List<String> zipped(String name) throws IOException {
        Path zip = modules.resolveSibling(name);
        ModuleTree.of(modules).zip(zip);
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }
}
