package org.emrelay.runner.export.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HclWriterTest {

    private static String attribute(Object value) {
        return HclWriter.write(Map.of("a", value));
    }

    @Test
    void alignsTheEqualsSignsOfAdjacentLines() {
        HclBlock block = HclBlock.resource("aws_iam_role", "service")
                .with("name", "service")
                .with("assume_role_policy", new HclExpression("local.policy"))
                .with(
                        "tags",
                        new JsonMap().with("team", "data").with("größe", "l").with("e\u0301tat", ""))
                .with("x", 1)
                .with("path", "/");

        assertThat(HclWriter.write(List.of(block))).isEqualTo("""
                resource "aws_iam_role" "service" {
                  name               = "service"
                  assume_role_policy = local.policy
                  tags = {
                    team    = "data"
                    "größe" = "l"
                    "e\u0301tat"  = ""
                  }
                  x    = 1
                  path = "/"
                }
                """);
    }

    @Test
    void setsBlocksAndCommentedElementsApart() {
        HclBlock block = new HclBlock("step")
                .comment("What it\ndoes")
                .with("name", "words")
                .with("longer_name", true)
                .with(new HclBlock("first").with("a", 1))
                .comment("A comment")
                .comment("of two lines")
                .with(new HclBlock("second"))
                .with("depends_on", List.of(new HclExpression("x.y")))
                .comment("Set apart")
                .with("z", 2.50);

        assertThat(HclWriter.write(List.of(block, new HclBlock("data", "aws_region", "current"))))
                .isEqualTo("""
                        step {
                          # What it does
                          name        = "words"
                          longer_name = true

                          first {
                            a = 1
                          }

                          # A comment
                          # of two lines
                          second {}

                          depends_on = [x.y]

                          # Set apart
                          z = 2.5
                        }

                        data "aws_region" "current" {}
                        """);
    }

    @Test
    void breaksLongListsAndListsOfObjects() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("Short", List.of("a", 1, false));
        document.put("Empty", List.of());
        document.put("EmptyObject", Map.of());
        document.put("Long", List.of("x".repeat(40), "y".repeat(40)));
        document.put("Objects", List.of(new JsonMap().with("A", 1).with("Bc", List.of(Map.of("D", "e")))));

        assertThat(HclWriter.write(List.of(new HclBlock("x").with("policy", HclCall.jsonencode(document)))))
                .isEqualTo("""
                        x {
                          policy = jsonencode({
                            Short       = ["a", 1, false]
                            Empty       = []
                            EmptyObject = {}
                            Long = [
                              "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                              "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
                            ]
                            Objects = [
                              {
                                A = 1
                                Bc = [
                                  {
                                    D = "e"
                                  },
                                ]
                              },
                            ]
                          })
                        }
                        """);
    }

    @Test
    void quotesKeysThatAreNoIdentifiers() {
        Map<String, Object> keys = new LinkedHashMap<>();
        for (String key : List.of("Sid", "aws:SourceArn", "for", "null", "1a", "a b", "${x}", "")) {
            keys.put(key, 1);
        }

        assertThat(attribute(keys)).isEqualTo("""
                a = {
                  Sid             = 1
                  "aws:SourceArn" = 1
                  "for"           = 1
                  "null"          = 1
                  "1a"            = 1
                  "a b"           = 1
                  "$${x}"         = 1
                  ""              = 1
                }
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "plain text        | plain text",
                "a\"b\\c           | a\\\"b\\\\c",
                "${var.x}          | $${var.x}",
                "%{ if true }      | %%{ if true }",
                "100 % of 5 $      | 100 % of 5 $",
                "${*}/${?}         | $${*}/$${?}",
                "$${x}             | \\u0024$${x}",
                "%%{x}             | \\u0025%%{x}",
                "%${x}             | \\u0025$${x}",
                "$%{x}             | \\u0024%%{x}",
                "^a$               | ^a$",
                "größe 雲          | größe 雲"
            })
    void escapesWhatHclWouldInterpret(String text, String escaped) {
        assertThat(attribute(text)).isEqualTo("a = \"" + escaped + "\"\n");
    }

    @Test
    void escapesControlCharactersAndLineBreaks() {
        assertThat(attribute("a\"b${c}%{d}\n\r\t\0\u001b\u007f\u0085\u2028"))
                .isEqualTo("a = \"a\\\"b$${c}%%{d}\\n\\r\\t\\u0000\\u001b\\u007f\\u0085\\u2028\"\n");
    }

    @Test
    void keepsASignBeforeAnInterpolationLiteral() {
        assertThat(HclString.escaped("5 $", true)).isEqualTo("5 \\u0024");
        assertThat(HclString.escaped("5 %", true)).isEqualTo("5 \\u0025");
        assertThat(HclString.escaped("5 $", false)).isEqualTo("5 $");
    }
}
