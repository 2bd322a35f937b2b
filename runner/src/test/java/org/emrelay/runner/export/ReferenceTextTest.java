package org.emrelay.runner.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReferenceTextTest {
    private static final ReferenceText.Format UPPER_CASE = new ReferenceText.Format() {
        @Override
        public Object text(ReferenceText text) {
            return text.render(String::toUpperCase, reference -> "<" + reference.name() + ">");
        }

        @Override
        public Object list(Reference reference) {
            return Map.of("list", reference.name());
        }
    };

    @Test
    void splitsATextAtItsTokens() {
        ReferenceText text = ReferenceText.of(
                "s3://" + Reference.BUCKET.token() + "/output/" + Reference.RUN.token() + Reference.RUN.token());

        assertThat(text.parts())
                .containsExactly(
                        new ReferenceText.Literal("s3://"),
                        new ReferenceText.Value(Reference.BUCKET),
                        new ReferenceText.Literal("/output/"),
                        new ReferenceText.Value(Reference.RUN),
                        new ReferenceText.Value(Reference.RUN));
        assertThat(text.has(Reference.RUN)).isTrue();
        assertThat(text.has(Reference.VPC)).isFalse();
        assertThat(text.isLiteral()).isFalse();
    }

    @Test
    void whatOnlyLooksLikeATokenIsText() {
        for (String text : List.of("", "BUCKET", "\uE000", "\uE001BUCKET\uE000", "\uE000NAME\uE001", "\uE000BUCKET")) {
            assertThat(ReferenceText.of(text).isLiteral()).as(text).isTrue();
            assertThat(ReferenceText.of(text).render(literal -> literal, Reference::name))
                    .isEqualTo(text);
        }
    }

    @Test
    void replacesTheTextsOfADocument() {
        Map<String, Object> document = Map.of(
                "key",
                List.of(
                        "a " + Reference.REGION.token(),
                        1,
                        true,
                        List.of(Reference.SUBNETS.token()),
                        List.of(Reference.BUCKET.token())));

        assertThat(ReferenceText.replace(document, UPPER_CASE))
                .isEqualTo(
                        Map.of("key", List.of("A <REGION>", 1, true, Map.of("list", "SUBNETS"), List.of("<BUCKET>"))));
    }
}
