/// What clients ask first: groups, versions, resources, OpenAPI.
package theater.laptop.api.discovery;
