package org.emrelay.runner.fakeaws.iam;

import java.util.List;
import org.emrelay.runner.fakeaws.wire.AccountIdentity;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.QueryService;
import org.emrelay.runner.fakeaws.wire.Service;

/** The fake IAM and the GetCallerIdentity call of STS. */
public final class IamService {
    private IamService() {}

    public static Service iam(IamState state, Caller caller) {
        Operations operations = new Operations();
        new RoleOperations(state).addTo(operations);
        new RolePolicyOperations(state).addTo(operations);
        new InstanceProfileOperations(state).addTo(operations);
        new SimulationOperations(caller).addTo(operations);
        return new QueryService(
                "iam",
                "2010-05-08",
                "https://iam.amazonaws.com/doc/2010-05-08/",
                List.of("InstanceProfileName", "RoleName", "PolicySourceArn"),
                operations);
    }

    public static Service sts(AccountIdentity identity, Caller caller) {
        Operations operations = new Operations()
                .add(
                        "GetCallerIdentity",
                        request -> Fields.of("Arn", caller.arn())
                                .and("UserId", "AIDAEXAMPLEUSER000001")
                                .and("Account", identity.accountId()));
        return new QueryService(
                "sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/", List.of(), operations);
    }
}
