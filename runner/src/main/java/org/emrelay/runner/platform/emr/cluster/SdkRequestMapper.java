package org.emrelay.runner.platform.emr.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Puts a document in AWS's own JSON into the SDK's request: what was planned, shown and reviewed is to the key what is sent. */
final class SdkRequestMapper {
    private SdkRequestMapper() {}

    /** Sets every field of a builder that the document names; a key that the SDK does not know is our own mistake. */
    static <B extends SdkPojo> B into(B builder, Map<?, ?> document) {
        Map<String, Object> left = new LinkedHashMap<>();
        document.forEach((key, value) -> left.put(String.valueOf(key), value));
        for (SdkField<?> field : builder.sdkFields()) {
            Object value = left.remove(field.locationName());
            if (value != null) {
                field.set(builder, value(field, value));
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(
                    builder.getClass().getName() + " has no place for " + String.join(", ", left.keySet()));
        }
        return builder;
    }

    private static Object value(SdkField<?> field, Object value) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            SdkPojo nested = Objects.requireNonNull(field.constructor().get());
            return ((Buildable) into(nested, (Map<?, ?>) value)).build();
        } else if (type == MarshallingType.LIST) {
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            List<Object> values = new ArrayList<>();
            ((List<?>) value).forEach(each -> values.add(value(member, each)));
            return values;
        } else if (type == MarshallingType.MAP) {
            SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
            Map<String, Object> values = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, each) -> values.put(String.valueOf(key), value(member, each)));
            return values;
        }
        return scalar(type, value);
    }

    private static Object scalar(MarshallingType<?> type, Object value) {
        if (value instanceof Number number) {
            if (type == MarshallingType.INTEGER) {
                return Math.toIntExact(number.longValue());
            } else if (type == MarshallingType.LONG) {
                return number.longValue();
            } else if (type == MarshallingType.DOUBLE) {
                return number.doubleValue();
            }
        } else if ((type == MarshallingType.STRING && value instanceof String)
                || (type == MarshallingType.BOOLEAN && value instanceof Boolean)) {
            return value;
        }
        throw new IllegalArgumentException("no " + type + ": " + value);
    }
}
