using Loyalty.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

public sealed class LoyaltyDb(DbContextOptions<LoyaltyDb> options)
    : IdentityDbContext<AppUser, IdentityRole<Guid>, Guid>(options);
