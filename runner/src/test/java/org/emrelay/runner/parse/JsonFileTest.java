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
    void readsFileWithByteOrderMark() throws IOException {
        assertThat(read("\uFEFF{\"a\": \"ä\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonValue.JsonObject.class);
        assertThat(problems.toList()).isEmpty();
    }

    @Test
    void reportsMissingFile() {
        assertThat(JsonFile.read(directory.resolve("no.json"), problems)).isNull();
        assertThat(firstProblem())
                .isEqualTo("x.json: file not found. Relative paths are resolved against the current" + " directory.");
    }

    @Test
    void reportsDirectory() {
        assertThat(JsonFile.read(directory, problems)).isNull();
        assertThat(firstProblem()).isEqualTo("x.json: this is a directory. Specify a file.");
    }

    @Test
    void reportsEmptyFile() throws IOException {
        assertThat(read(new byte[0])).isNull();
        assertThat(firstProblem()).isEqualTo("x.json: not valid JSON: line 1, column 1: file is empty.");
    }

    @Test
    void syntaxErrorHasLineAndColumn() throws IOException {
        assertThat(read("{\n  \"a\": 1,\n  b: 2\n}".getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(firstProblem()).startsWith("x.json: not valid JSON: line 3, column ");
    }

    @Test
    void showsTheLineOfASyntaxError() throws IOException {
        assertThat(excerpt("{\n  \"a\": 1\r\n  \"b\": 2\r\n}")).isEqualTo(new Problem.Excerpt("  \"a\": 1", 7));
    }

    @Test
    void showsNoLineThatMayHaveASecret() throws IOException {
        for (String text : new String[] {
            "{ \"db_password\": 'canary' }",
            "{ db_password: \"canary\" }",
            "{ \"db_password\":\n 'canary' }",
            "{ \"tokens\": 1, \"api_token\": [\n \"x\"\n \"canary\"] }",
            "{ \"a\": 'https://me:canary@host/' }",
            "{ \"a\": '--api-key canary' }",
            "{ \"API_KEY\": { \"a\": \"canary }"
        }) {
            assertThat(excerpt(text)).as(text).isNull();
        }
    }

    private Problem.@Nullable Excerpt excerpt(String text) throws IOException {
        Problems found = new Problems("x.json");
        Path file = Files.writeString(directory.resolve("excerpt.json"), text);
        assertThat(JsonFile.read(file, found)).isNull();
        return found.toList().get(0).excerpt();
    }

    @Test
    void reportsUtf16WithAndWithoutByteOrderMark() throws IOException {
        for (var encoding :
                new Charset[] {StandardCharsets.UTF_16, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE}) {
            assertThat(read("{}".getBytes(encoding))).isNull();
            assertThat(firstProblem()).isEqualTo("x.json: the file is encoded in UTF-16. Save it as UTF-8.");
        }
    }

    @Test
    void reportsOtherEncodings() throws IOException {
        assertThat(read("{\"a\": \"ä\"}".getBytes(StandardCharsets.ISO_8859_1))).isNull();
        assertThat(firstProblem())
                .isEqualTo("x.json: the file is not valid UTF-8 text. Is it the right file? If so, save it as UTF-8.");
    }

    @Test
    void reportsBinaryData() throws IOException {
        assertThat(read(new byte[] {'P', 'K', 3, 4, 0, 0})).isNull();
        assertThat(firstProblem()).isEqualTo("x.json: the file contains binary data. Is it the right file?");
    }

    @Test
    void readsAtMostTenMegabytes() throws IOException {
        byte[] blanks = new byte[10 * 1024 * 1024 + 1];
        Arrays.fill(blanks, (byte) ' ');
        blanks[0] = '1';
        assertThat(read(Arrays.copyOf(blanks, blanks.length - 1))).isNotNull();
        assertThat(read(blanks)).isNull();
        assertThat(firstProblem()).isEqualTo("x.json: the file is larger than 10 MB. Is it the right file?");
    }

    @Test
    void reportsDeepNesting() throws IOException {
        assertThat(read("[".repeat(1_000).getBytes(StandardCharsets.UTF_8))).isNull();
        assertThat(firstProblem())
                .isEqualTo(
                        "x.json: not valid JSON: line 1, column 102: nested more than 100 levels deep, or a number of"
                                + " over 1,000 digits, or a key of over 50,000 characters.");
    }

    @Test
    void reportsUnreadableFile() throws IOException {
        Path file = directory.resolve("locked.json");
        Files.writeString(file, "{}");
        assumeTrue(
                file.toFile().setReadable(false) && !Files.isReadable(file),
                "this user may read every file, so that none can be locked");
        assertThat(JsonFile.read(file, problems)).isNull();
        assertThat(firstProblem()).isEqualTo("x.json: permission denied. Grant yourself read permission.");
    }

    @Test
    void neverThrowsOnRandomBytes() throws IOException {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            Problems found = new Problems("x.json");
            Path file = Files.write(directory.resolve("random.json"), bytes);
            JsonValue value = JsonFile.read(file, found);
            assertThat(value == null).isEqualTo(found.hasErrors());
        }
    }

    private @Nullable JsonValue read(byte[] content) throws IOException {
        return JsonFile.read(Files.write(directory.resolve("x.json"), content), problems);
    }

    private String firstProblem() {
        return problems.toList().stream().map(Problem::toLine).findFirst().orElse("no problem");
    }
}
