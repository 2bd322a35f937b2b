package org.emrelay.runner.fakeaws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.JsonService;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Service;
import org.emrelay.runner.fakeaws.wire.Tree;

/** The fake Service Quotas, limited to the EC2 vCPU quotas. */
public final class ServiceQuotasService {
    private final Map<String, Double> vcpusByCode = new LinkedHashMap<>();

    ServiceQuotasService() {
        vcpusByCode.put("L-1216C47A", 256.0);
        vcpusByCode.put("L-34B43A08", 256.0);
    }

    /** Sets the on-demand quota of the standard families: A, C, D, H, I, M, R, T, Z. */
    public void onDemandVcpus(int count) {
        vcpusByCode.put("L-1216C47A", (double) count);
    }

    public void spotVcpus(int count) {
        vcpusByCode.put("L-34B43A08", (double) count);
    }

    Service service() {
        Operations operations = new Operations()
                .add("GetServiceQuota", this::get)
                .add(
                        "ListServiceQuotas",
                        request -> Fields.of(
                                "Quotas",
                                vcpusByCode.keySet().stream().map(this::quota).toList()));
        return new JsonService("servicequotas", List.of("QuotaCode"), operations);
    }

    private Fields get(Tree request) {
        String code = request.text("QuotaCode", "");
        if (!request.text("ServiceCode", "").equals("ec2") || !vcpusByCode.containsKey(code)) {
            throw new AwsError(
                    400,
                    "NoSuchResourceException",
                    "The request failed because the specified service quota does not exist.");
        }
        return Fields.of("Quota", quota(code));
    }

    private Fields quota(String code) {
        boolean spot = code.equals("L-34B43A08");
        return Fields.of("ServiceCode", "ec2")
                .and("ServiceName", "Amazon Elastic Compute Cloud (Amazon EC2)")
                .and("QuotaCode", code)
                .and(
                        "QuotaName",
                        spot
                                ? "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests"
                                : "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances")
                .and("Value", vcpusByCode.get(code))
                .and("Unit", "None")
                .and("Adjustable", true)
                .and("GlobalQuota", false);
    }
}
