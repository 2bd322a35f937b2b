package org.emrelay.jobs.topics.page;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/** Reads a number; NaN if it is null or missing. */
final class NumberOrNan extends StdDeserializer<Double> {
    private static final long serialVersionUID = 1L;

    NumberOrNan() {
        super(double.class);
    }

    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL ? Double.NaN : parser.getDoubleValue();
    }

    @Override
    public Double getNullValue(DeserializationContext context) {
        return Double.NaN;
    }

    @Override
    public Double getAbsentValue(DeserializationContext context) {
        return Double.NaN;
    }
}
