package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.model.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonFileTest {
    private final Problems problems = new Problems("x.json");

    @TempDir
    Path directory;

    @Test
    void aFileWithAByteOrderMarkIsRead() throws IOException {
        assertThat(read("\uFEFF{\"a\": \"ä\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonValue.JsonObject.class);
        assertThat(problems.found()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertThat(JsonFile.read(directory.resolve("no.json"), problems)).isNull();
        assertThat(line()).isEqualTo("x.json: there is no such file. Relative paths start at the current directory.");
    }

    @Test
    void aDirectoryIsSaid() {
        assertThat(JsonFile.read(directory, problems)).isNull();
        assertThat(line()).isEqualTo("x.json: this is a directory. Name the file in it.");
    }

    @Test
    void anEmptyFileIsSaid() throws IOException {
        assertThat(read(new byte[0])).isNull();
        assertThat(line()).isEqualTo("x.json: not valid JSON: line 1, column 1: there is nothing in it.");
    }

    @Test
    void aSyntaxErrorNamesLineAndColumn() throws IOException {
        assertThat(read("{\n  \"a\": 1,\n  b: 2\n}".getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(line()).startsWith("x.json: not valid JSON: line 3, column ");
    }

    @Test
    void utf16IsSaidWithAndWithoutItsMark() throws IOException {
        for (var encoding :
                new Charset[] {StandardCharsets.UTF_16, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE}) {
            assertThat(read("{}".getBytes(encoding))).isNull();
            assertThat(line()).isEqualTo("x.json: the file is encoded in UTF-16. Save it in UTF-8.");
        }
    }

    @Test
    void anotherEncodingIsSaid() throws IOException {
        assertThat(read("{\"a\": \"ä\"}".getBytes(StandardCharsets.ISO_8859_1))).isNull();
        assertThat(line())
                .isEqualTo("x.json: the file is no text in UTF-8. Is it the right file? If so, save it in UTF-8.");
    }

    @Test
    void binaryDataIsSaid() throws IOException {
        assertThat(read(new byte[] {'P', 'K', 3, 4, 0, 0})).isNull();
        assertThat(line()).isEqualTo("x.json: the file holds binary data. Is it the right file?");
    }

    @Test
    void tenMegabytesAreReadAndOneByteMoreIsNot() throws IOException {
        byte[] blanks = new byte[10 * 1024 * 1024 + 1];
        Arrays.fill(blanks, (byte) ' ');
        blanks[0] = '1';
        assertThat(read(Arrays.copyOf(blanks, blanks.length - 1))).isNotNull();
        assertThat(read(blanks)).isNull();
        assertThat(line()).isEqualTo("x.json: the file is larger than 10 MB. Is it the right file?");
    }

    @Test
    void aThousandBracketsAreSaid() throws IOException {
        assertThat(read("[".repeat(1_000).getBytes(StandardCharsets.UTF_8))).isNull();
        assertThat(line())
                .isEqualTo(
                        "x.json: not valid JSON: line 1, column 102: it is nested more than 100 deep, or holds a number of"
                                + " over 1,000 digits or a key of over 50,000 characters.");
    }

    @Test
    void aFileThatMayNotBeReadIsSaid() throws IOException {
        Path file = directory.resolve("locked.json");
        Files.writeString(file, "{}");
        assumeTrue(
                file.toFile().setReadable(false) && !Files.isReadable(file),
                "this user may read every file, so that none can be locked");
        assertThat(JsonFile.read(file, problems)).isNull();
        assertThat(line()).isEqualTo("x.json: the file may not be read. Give yourself the right to read it.");
    }

    @Test
    void noBytesMakeItThrow() throws IOException {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            Problems found = new Problems("x.json");
            Path file = Files.write(directory.resolve("random.json"), bytes);
            JsonValue value = JsonFile.read(file, found);
            assertThat(value == null).isEqualTo(found.anyError());
        }
    }

    private @Nullable JsonValue read(byte[] content) throws IOException {
        return JsonFile.read(Files.write(directory.resolve("x.json"), content), problems);
    }

    private String line() {
        return problems.found().stream().map(Problem::line).findFirst().orElse("no problem");
    }
}
