package org.emrelay.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class OutputDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void letsConcurrentAttemptsWriteTheSameFile() {
        OutputDirectory output = output();

        output.writeAtomically("moon.txt", bytes("moon"), "1");
        output.writeAtomically("moon.txt", bytes("moon"), "2");

        assertThat(directory.resolve("moon.txt")).hasContent("moon");
        assertThat(directory.toFile().listFiles(OutputDirectoryTest::isVisible)).hasSize(1);
    }

    @Test
    void anAttemptThatRunsAgainAcceptsTheFileOfTheFirstOnS3() throws IOException {
        try (S3LikeFileSystem s3 = new S3LikeFileSystem()) {
            OutputDirectory output = new OutputDirectory(s3, new org.apache.hadoop.fs.Path(directory.toUri()));

            output.writeAtomically("moon.txt", bytes("moon"), "1");
            output.writeAtomically("moon.txt", bytes("moon"), "2");

            assertThat(directory.resolve("moon.txt")).hasContent("moon");
            assertThat(directory.toFile().list()).containsExactly("moon.txt");
        }
    }

    @Test
    void deletesOnlyTemporaryFilesOfKilledAttempts() throws IOException {
        OutputDirectory output = output();
        output.writeAtomically("moon.txt", bytes("moon"), "1");
        Files.writeString(directory.resolve("_unfinished-moon.txt.2"), "mo");

        output.deleteTemporaryFiles();

        assertThat(directory.resolve("moon.txt")).hasContent("moon");
        assertThat(directory.toFile().listFiles(OutputDirectoryTest::isVisible)).hasSize(1);
    }

    @Test
    void neutralizesFormulasInTheCsvFilesForPeople() {
        output().writeCsv("scores.csv", rowsWithFormulas());

        assertThat(directory.resolve("scores.csv")).hasContent("""
                '=id,number
                '=1+1,-1.5
                "' @SUM(A1,B1)",-2.0
                -1.5,3.0
                """);
    }

    /** Programs read these files: they contain what the table contains. */
    @Test
    void keepsAllTextInTheCsvFilesForPrograms() throws IOException {
        output().subdirectory("log").writeCsvParts(rowsWithFormulas());

        try (Stream<Path> files = Files.list(directory.resolve("log"))) {
            Path part = files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(part).hasContent("""
                    =id,number
                    =1+1,-1.5
                    "@SUM(A1,B1)",-2.0
                    -1.5,3.0
                    """);
        }
    }

    private static Dataset<Row> rowsWithFormulas() {
        return LocalSpark.session()
                .createDataFrame(
                        List.of(
                                RowFactory.create("=1+1", -1.5),
                                RowFactory.create(" @SUM(A1,B1)", -2.0),
                                RowFactory.create("-1.5", 3.0)),
                        StructType.fromDDL("`=id` string, number double"))
                .coalesce(1);
    }

    private OutputDirectory output() {
        return OutputDirectory.requireEmpty(LocalSpark.session(), "--output", "file:" + directory);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Hadoop writes a hidden checksum file next to each file. */
    private static boolean isVisible(File file) {
        return !file.getName().startsWith(".");
    }

    /** Refuses to rename onto a file with an exception, as S3A does; local file systems return false or replace it. */
    private static final class S3LikeFileSystem extends RawLocalFileSystem {
        private S3LikeFileSystem() throws IOException {
            initialize(URI.create("file:///"), new Configuration());
        }

        @Override
        public boolean rename(org.apache.hadoop.fs.Path source, org.apache.hadoop.fs.Path target) throws IOException {
            if (exists(target)) {
                throw new FileAlreadyExistsException(
                        "Failed to rename " + source + " to " + target + "; destination file exists");
            }
            return super.rename(source, target);
        }
    }
}
