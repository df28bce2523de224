"""Webhooks: being told instead of asking, by the Standard Webhooks specification."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Response

from resume_processor.api.dependencies import ID_PATTERN, Cursor, PageSize, Parts, Tenant, Wired
from resume_processor.api.documented import problems
from resume_processor.api.schemas.webhooks import (
    DeliveryPage,
    DeliveryReport,
    NewWebhook,
    NewWebhookBody,
    WebhookList,
    WebhookReport,
    delivery_of,
    new_webhook_of,
    webhook_of,
)
from resume_processor.workflow.webhooks import register_webhook

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])

WebhookId = Annotated[str, Path(pattern=ID_PATTERN, description="The webhook's id.")]
DeliveryId = Annotated[str, Path(pattern=ID_PATTERN, description="The delivery's id.")]


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    summary="Register a webhook",
    responses=problems(422, s422="address_refused"),
)
def add_webhook(
    parts: Parts, services: Wired, tenant: Tenant, body: NewWebhookBody, response: Response
) -> NewWebhook:
    """Events from now on are posted to the address, signed with the secret in the answer.

    Keep the secret: it is shown this once. Every delivery has the headers `webhook-id`,
    `webhook-timestamp` and `webhook-signature` (standardwebhooks.com has libraries that verify
    them). Answer with `2xx` within ten seconds; the same `webhook-id` may come twice.
    """
    parts.check_address(body.url)
    webhook = register_webhook(body.url, body.events, tenant, services)
    response.headers["Location"] = f"/v1/webhooks/{webhook.id}"
    return new_webhook_of(webhook)


@router.get("", summary="List webhooks", responses=problems(422))
def list_webhooks(services: Wired, tenant: Tenant) -> WebhookList:
    """Newest first, without their secrets."""
    webhooks = services.storage.list_webhooks(tenant=tenant)
    return WebhookList(items=tuple(map(webhook_of, webhooks)))


@router.get("/{webhook_id}", summary="One webhook", responses=problems(404, 422))
def get_webhook(services: Wired, tenant: Tenant, webhook_id: WebhookId) -> WebhookReport:
    """Whether it takes what it is sent."""
    return webhook_of(services.storage.get_webhook(webhook_id, tenant=tenant))


@router.delete(
    "/{webhook_id}",
    status_code=HTTPStatus.NO_CONTENT,
    summary="Delete a webhook",
    responses=problems(404, 422),
)
def delete_webhook(services: Wired, tenant: Tenant, webhook_id: WebhookId) -> None:
    """Nothing more is sent there; its log goes with it."""
    services.storage.delete_webhook(webhook_id, tenant=tenant, now=services.clock.now())


@router.get(
    "/{webhook_id}/deliveries", summary="What was sent to a webhook", responses=problems(404, 422)
)
def list_deliveries(
    services: Wired, tenant: Tenant, webhook_id: WebhookId, limit: PageSize, cursor: Cursor = None
) -> DeliveryPage:
    """Every event with all its attempts, newest first; old ones are cleared away."""
    page = services.storage.list_deliveries(webhook_id, tenant=tenant, limit=limit, cursor=cursor)
    return DeliveryPage(items=tuple(map(delivery_of, page.rows)), next_cursor=page.cursor)


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/resend",
    status_code=HTTPStatus.ACCEPTED,
    summary="Send a delivery again",
    responses=problems(404, 409, 422),
)
def resend_delivery(
    services: Wired, tenant: Tenant, webhook_id: WebhookId, delivery_id: DeliveryId
) -> DeliveryReport:
    """One that was given up, under the same `webhook-id`."""
    now = services.clock.now()
    return delivery_of(
        services.storage.resend_delivery(webhook_id, delivery_id, tenant=tenant, now=now)
    )
