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

/** Maps AWS JSON to SDK requests, so the request sent equals the JSON that was planned and reviewed. */
final class SdkRequestMapper {
    private SdkRequestMapper() {}

    /** Sets every field named in the JSON. A key unknown to the SDK is a bug in this program. */
    static <B extends SdkPojo> B into(B builder, Map<?, ?> json) {
        Map<String, Object> remaining = new LinkedHashMap<>();
        json.forEach((key, value) -> remaining.put(String.valueOf(key), value));
        for (SdkField<?> field : builder.sdkFields()) {
            Object value = remaining.remove(field.locationName());
            if (value != null) {
                field.set(builder, convert(field, value));
            }
        }
        if (!remaining.isEmpty()) {
            throw new IllegalArgumentException(
                    builder.getClass().getName() + " has no field " + String.join(", ", remaining.keySet()));
        }
        return builder;
    }

    private static Object convert(SdkField<?> field, Object value) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            SdkPojo nested = Objects.requireNonNull(field.constructor().get());
            return ((Buildable) into(nested, (Map<?, ?>) value)).build();
        } else if (type == MarshallingType.LIST) {
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            List<Object> values = new ArrayList<>();
            ((List<?>) value).forEach(element -> values.add(convert(member, element)));
            return values;
        } else if (type == MarshallingType.MAP) {
            SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
            Map<String, Object> values = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, element) -> values.put(String.valueOf(key), convert(member, element)));
            return values;
        }
        return convertScalar(type, value);
    }

    private static Object convertScalar(MarshallingType<?> type, Object value) {
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
        throw new IllegalArgumentException("not a " + type + ": " + value);
    }
}
