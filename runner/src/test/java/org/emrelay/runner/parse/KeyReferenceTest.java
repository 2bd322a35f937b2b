package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emrelay.runner.json.MalformedJsonException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keeps the key reference in the documents equal to the schemas; {@code -Dupdate.documents=true} rewrites it. */
final class KeyReferenceTest {
    private static final Path ROOT = Path.of("..");
    private static final String BEGIN = "<!-- keys: generated from the schema by KeyReferenceTest -->\n";
    private static final String END = "<!-- end of keys -->\n";

    @ParameterizedTest
    @CsvSource({"steps.schema.json,pipelines.md", "cluster.schema.json,cluster.md"})
    void documentsDescribeEveryKeyOfTheSchema(String schema, String document)
            throws IOException, MalformedJsonException {
        String reference =
                KeyReference.of(Files.readString(ROOT.resolve("schemas").resolve(schema)));
        Path path = ROOT.resolve("docs").resolve(document);
        String text = Files.readString(path);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (Boolean.getBoolean("update.documents")) {
            text = text.substring(0, begin) + reference + text.substring(end);
            Files.writeString(path, text);
        }

        assertThat(text.substring(begin, text.indexOf(END))).isEqualTo(reference);
    }
}
