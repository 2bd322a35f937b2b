resource "aws_security_group" "primary" {
  name        = "${var.name}-primary"
  description = "Emrelay cluster books: primary node"
  vpc_id      = var.vpc_id
  tags = {
    "emrelay:workspace" = var.name
    "emrelay:cluster"   = "books"
    team                = "data"
    "größe:x"           = ""
  }

  # EMR adds rules by which the groups refer to one another.
  revoke_rules_on_delete = true
}

resource "aws_security_group" "core" {
  name        = "${var.name}-core"
  description = "Emrelay cluster books: core and task nodes"
  vpc_id      = var.vpc_id
  tags = {
    "emrelay:workspace" = var.name
    "emrelay:cluster"   = "books"
    team                = "data"
    "größe:x"           = ""
  }

  # EMR adds rules by which the groups refer to one another.
  revoke_rules_on_delete = true
}

resource "aws_security_group" "service_access" {
  name        = "${var.name}-service-access"
  description = "Emrelay cluster books: EMR service access"
  vpc_id      = var.vpc_id
  tags = {
    "emrelay:workspace" = var.name
    "emrelay:cluster"   = "books"
    team                = "data"
    "größe:x"           = ""
  }

  # EMR adds rules by which the groups refer to one another.
  revoke_rules_on_delete = true
}

resource "aws_vpc_security_group_egress_rule" "primary" {
  description       = "The nodes to S3 and other services"
  security_group_id = aws_security_group.primary.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_egress_rule" "core" {
  description       = "The nodes to S3 and other services"
  security_group_id = aws_security_group.core.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_ingress_rule" "service_access" {
  description                  = "The primary node to EMR"
  security_group_id            = aws_security_group.service_access.id
  referenced_security_group_id = aws_security_group.primary.id
  from_port                    = 9443
  to_port                      = 9443
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "service_access_to_primary" {
  description                  = "EMR to the primary node"
  security_group_id            = aws_security_group.service_access.id
  referenced_security_group_id = aws_security_group.primary.id
  from_port                    = 8443
  to_port                      = 8443
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "service_access_to_core" {
  description                  = "EMR to the core and task nodes"
  security_group_id            = aws_security_group.service_access.id
  referenced_security_group_id = aws_security_group.core.id
  from_port                    = 8443
  to_port                      = 8443
  ip_protocol                  = "tcp"
}
